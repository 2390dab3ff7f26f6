import { allocationRoutes } from './allocations';
import { attachmentRoutes, historyRoutes } from './attachments';
import { bankTransactions } from './bankTransactions';
import { cisRoutes } from './cis';
import { contactGroupMembers, contactGroups } from './contactGroups';
import { contacts } from './contacts';
import { creditNotes, overpayments, prepayments } from './credits';
import { invoiceActionRoutes } from './invoiceActions';
import { invoices } from './invoices';
import { itemDeletion, items } from './items';
import { batchPayments, payments } from './payments';
import { manualJournals } from './manualJournals';
import { purchaseOrders } from './purchaseOrders';
import { quotes } from './quotes';
import { repeatingInvoices } from './repeatingInvoices';
import { reportRoutes } from './reports';
import { resourceRoutes, type Resource } from './resource';
import { settingsRoutes } from './settingsRoutes';
import { trackingRoutes } from './tracking';
import type { Route } from './transport';

/** What belongs to a kind of document beside reading and writing it. */
function withHistory<Row>(resource: Resource<Row>): Route[] {
	return [...resourceRoutes(resource), ...historyRoutes(resource)];
}

function withFiles<Row>(resource: Resource<Row>): Route[] {
	return [...withHistory(resource), ...attachmentRoutes(resource)];
}

/** Every address below /api.xro/2.0. */
export const accountingRoutes: readonly Route[] = [
	...settingsRoutes,
	...cisRoutes,
	...trackingRoutes,
	...reportRoutes,
	...withFiles(contacts),
	...resourceRoutes(contactGroups),
	...contactGroupMembers,
	...resourceRoutes(repeatingInvoices),
	...invoiceActionRoutes,
	...withFiles(invoices),
	...withFiles(creditNotes),
	...allocationRoutes('creditNote', 'CreditNotes', 'accounting.invoices'),
	...withHistory(overpayments),
	...allocationRoutes('overpayment', 'Overpayments', 'accounting.payments'),
	...withHistory(prepayments),
	...allocationRoutes('prepayment', 'Prepayments', 'accounting.payments'),
	...withFiles(quotes),
	...withFiles(purchaseOrders),
	...withHistory(items),
	itemDeletion,
	...withFiles(bankTransactions),
	...withFiles(manualJournals),
	...withHistory(payments),
	...withHistory(batchPayments),
];
