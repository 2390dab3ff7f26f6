import { reportOf, type ReportInput, type RunReport } from '../../lib/sync/report/report';
import type { Outcome } from '../../lib/sync/outcome';
import { DOCUMENTS } from '../../lib/xero/documents';

/** An outcome of a sales invoice of 120.00 pounds, with what a test says otherwise. */
export function outcome(more: Partial<Outcome> = {}, total = '120.00'): Outcome {
	return {
		outcome: 'wouldCreate',
		subject: 'sales invoice INV-0007 for Acme Ltd',
		document: {
			type: 'salesInvoice',
			subTotal: '100.00',
			totalTax: '20.00',
			total,
			currency: 'GBP',
		},
		source: {},
		changes: [],
		issues: [],
		summary: 'Would create sales invoice INV-0007 for Acme Ltd',
		sync: { key: 'salesInvoice:INV-0007', contentHash: '', calls: 3, at: '2026-11-28T18:04:00Z' },
		itemIndexes: [0],
		...more,
	};
}

/** The report of a preview with these outcomes. */
export function reported(outcomes: readonly Outcome[], more: Partial<ReportInput> = {}): RunReport {
	return reportOf({
		definition: DOCUMENTS.salesInvoice,
		isPreview: true,
		organisations: ['Demo Trade Ltd'],
		at: '28 November 2026, 18:04 (Europe/London)',
		sentences: ['1 would be created, 4 Xero calls.'],
		outcomes,
		...more,
	});
}
