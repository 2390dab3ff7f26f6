import { attachmentRoutes, historyRoutes } from './attachments';
import { contacts } from './contacts';
import { invoiceActionRoutes } from './invoiceActions';
import { invoices } from './invoices';
import { batchPayments, payments } from './payments';
import { resourceRoutes } from './resource';
import { settingsRoutes } from './settingsRoutes';
import { trackingRoutes } from './tracking';
import type { Route } from './transport';

/** Every address below /api.xro/2.0. */
export const accountingRoutes: readonly Route[] = [
	...settingsRoutes,
	...trackingRoutes,
	...resourceRoutes(contacts),
	...historyRoutes(contacts),
	...attachmentRoutes(contacts),
	...invoiceActionRoutes,
	...resourceRoutes(invoices),
	...historyRoutes(invoices),
	...attachmentRoutes(invoices),
	...resourceRoutes(payments),
	...historyRoutes(payments),
	...resourceRoutes(batchPayments),
	...historyRoutes(batchPayments),
];
