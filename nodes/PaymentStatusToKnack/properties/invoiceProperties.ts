import type { INodeProperties } from 'n8n-workflow';
import { propertiesOf } from '../../../lib/n8n/parameters/collections';
import {
	DOCUMENT,
	INVOICE_NAMED_BY,
	INVOICE_VALUE,
	OPERATION,
	ORGANISATION,
} from '../../../lib/n8n/paymentStatus/invoiceNodeParameters';

/** Which invoices of Xero a run is about. */
export const invoiceProperties: INodeProperties[] = propertiesOf([
	ORGANISATION,
	OPERATION,
	DOCUMENT,
	INVOICE_NAMED_BY,
	INVOICE_VALUE,
]);
