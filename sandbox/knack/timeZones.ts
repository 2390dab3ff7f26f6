/** Knack's own (Windows-like) time zone labels, as an application's settings carry them. */
const ianaByLabel: Readonly<Record<string, { iana: string; offsetSeconds: number; dst: boolean }>> =
	{
		London: { iana: 'Europe/London', offsetSeconds: 0, dst: true },
		Dublin: { iana: 'Europe/Dublin', offsetSeconds: 0, dst: true },
		UTC: { iana: 'UTC', offsetSeconds: 0, dst: false },
		Berlin: { iana: 'Europe/Berlin', offsetSeconds: 3600, dst: true },
		'Central Time (US & Canada)': { iana: 'America/Chicago', offsetSeconds: -21600, dst: true },
		'Eastern Time (US & Canada)': { iana: 'America/New_York', offsetSeconds: -18000, dst: true },
		'Pacific Time (US & Canada)': {
			iana: 'America/Los_Angeles',
			offsetSeconds: -28800,
			dst: true,
		},
		Sydney: { iana: 'Australia/Sydney', offsetSeconds: 36000, dst: true },
		Brisbane: { iana: 'Australia/Brisbane', offsetSeconds: 36000, dst: false },
		Auckland: { iana: 'Pacific/Auckland', offsetSeconds: 43200, dst: true },
		Mumbai: { iana: 'Asia/Kolkata', offsetSeconds: 19800, dst: false },
	};

export interface AppTimeZone {
	/** As `application.settings.timezone` shows it. */
	label: string;
	iana: string;
	/** Standard-time offset as Knack writes it: seconds, in a string. */
	offset: string;
	/** Extra seconds in summer, in a string. */
	dst: string;
}

/** @throws when the sandbox does not know the label. */
export function timeZoneByLabel(label: string): AppTimeZone {
	const zone = ianaByLabel[label];
	if (!zone) throw new Error(`The sandbox does not know Knack's time zone "${label}".`);
	return {
		label,
		iana: zone.iana,
		offset: String(zone.offsetSeconds),
		dst: zone.dst ? '3600' : '0',
	};
}
