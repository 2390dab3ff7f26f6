/**
 * What Xero answers otherwise than its specification says, by who says so. Everything else has to be
 * as the models have it: a member that the twin made up would never reach a user of the service.
 */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
	'.DateString: not a member': 'developer.xero.com, responses of Invoices and their like',
	'.DueDateString: not a member': 'developer.xero.com, Invoices',
	'.ExpectedPaymentDateString: not a member': 'developer.xero.com, Invoices',
	'.PlannedPaymentDateString: not a member': 'developer.xero.com, Invoices',
	'.DeliveryDateString: not a member': 'developer.xero.com, Purchase Orders',
	'.ExpectedArrivalDateString: not a member': 'developer.xero.com, Purchase Orders',
	'.DateUTCString: not a member': 'developer.xero.com, History and Notes',
	'.HasErrors: not a member': 'recordings of purchase orders and of what stands inside',
	'.HasValidationErrors: not a member': 'recordings of contacts and of elements with errors',
	'.ValidationErrors: not a member': 'recordings of lines',
	'.IsDiscounted: not a member': 'a recording of a purchase order with a discount',
	'.ID: not a member': 'recordings of credits inside invoices',
	'LineItemTracking.Options: not a member': 'recordings of lists',
	'TrackingOption.HasValidationErrors: not a member': 'recordings of tracking',
	'TrackingOption.IsDeleted: not a member': 'recordings of tracking',
	'TrackingOption.IsArchived: not a member': 'recordings of tracking',
	'TrackingOption.IsActive: not a member': 'recordings of tracking',
};

/** Deviations that are no named exception. Those that are met are told. */
export function notExcepted(
	found: readonly string[],
	meet: (exception: string) => void = () => undefined,
): string[] {
	return [...new Set(found)].filter((one) => {
		const known = Object.keys(EXCEPTIONS).filter((exception) => one.includes(exception));
		known.forEach(meet);
		return known.length === 0;
	});
}
