import { asNumber } from './decimals';
import { hasAttachments, renderTracking } from './documentRender';
import { saveManualJournal } from './manualJournalSaving';
import type { JournalLineRow, ManualJournalRow } from './model';
import type { Call } from './call';
import type { JsonObject } from './json';
import type { Resource } from './resource';
import { msDate, msDateOf } from './xeroDates';

/** Journals have neither number nor reference, and their lines no id. */
export const manualJournals: Resource<ManualJournalRow> = {
	path: 'ManualJournals',
	idName: 'ManualJournalID',
	scopes: ['accounting.manualjournals'],
	paging: 'size',
	understandsWhere: true,
	fields: () => ({
		manualjournalid: (journal) => journal.id,
		narration: (journal) => journal.narration,
		status: (journal) => journal.status,
		date: (journal) => journal.date,
		updateddateutc: (journal) => journal.updatedMs,
	}),
	idOf: (journal) => journal.id,
	updatedMs: (journal) => journal.updatedMs,
	rows: (call) => call.ledger.manualJournals.all(),
	find: (call, named) => call.ledger.manualJournals.get(named.toLowerCase()),
	render: (call, journal, detail) => ({
		ManualJournalID: journal.id,
		Narration: journal.narration,
		Date: msDateOf(journal.date),
		Status: journal.status,
		LineAmountTypes: journal.lineAmountTypes,
		Url: journal.url,
		ShowOnCashBasisReports: journal.showOnCashBasisReports,
		JournalLines: detail.lines
			? journal.lines.map((line) => renderLine(call, line, detail.single))
			: [],
		HasAttachments: hasAttachments(call, journal.id),
		UpdatedDateUTC: msDate(journal.updatedMs),
	}),
	save: saveManualJournal,
};

function renderLine(call: Call, line: JournalLineRow, isSingle: boolean): JsonObject {
	return {
		Description: line.description,
		LineAmount: asNumber(line.lineAmount),
		AccountID: line.accountId,
		AccountCode: call.ledger.accounts.get(line.accountId)?.code,
		TaxType: line.taxType,
		TaxAmount: asNumber(line.taxAmount),
		Tracking: renderTracking(call, line, isSingle),
		IsBlank: false,
	};
}
