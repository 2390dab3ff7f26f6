import { parseDecimal } from '../../money';
import type { FieldValue, XeroDocument } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { fieldsByPath } from '../check/draftValues';
import type { Draft } from '../draft';
import { isRateOfOwnCurrency } from '../plan/currencyRate';
import { headerChanges } from '../plan/header';
import type { RanDocument } from './ranDocument';

/** Moved by Xero itself, or no part of what a person edits. */
const LEFT_OUT: ReadonlySet<string> = new Set(['status', 'sentToContact', 'url']);

/** What of a document is not as the runs left it, by its label. */
export function editedSince(
	{ definition, changes, left }: RanDocument,
	document: XeroDocument,
	{ organisation }: OrganisationSettings,
): string[] {
	const known = fieldsByPath(definition.fields);
	const fields: Record<string, FieldValue> = {};
	for (const { field, after } of changes) {
		const isShown = known.get(field)?.isWorkedOut !== true && !LEFT_OUT.has(field);
		if (after !== undefined && after !== '' && isShown) fields[field] = after;
	}
	for (const path of definition.notKept?.(fields) ?? []) delete fields[path];
	const draft: Draft = { type: definition.type, itemIndexes: [], fields, source: {}, issues: [] };
	const edited = headerChanges(definition, draft, document, '')
		.filter(({ field }) => !isUnshown(field))
		.filter(({ field }) => !isRateOfOwnCurrency(field, draft, document, organisation.baseCurrency))
		.map(({ field }) => known.get(field)?.label ?? field);
	const { total, currency, contactId, status } = left;
	const was = parseDecimal(total ?? '');
	const is = document.amounts?.total;
	if (was && is && !was.eq(is)) edited.push('total');
	const isOtherCurrency =
		currency !== undefined &&
		document.amounts !== undefined &&
		document.amounts.currency !== '' &&
		document.amounts.currency !== currency;
	if (isOtherCurrency) edited.push('currency');
	if (
		contactId !== undefined &&
		document.contactId !== undefined &&
		contactId.toLowerCase() !== document.contactId
	) {
		edited.push('contact');
	}
	if (status !== undefined && isMoved(status, document.status ?? '')) edited.push('status');
	return [...new Set(edited)];

	function isUnshown(path: string): boolean {
		return known.get(path)?.mayNotBeShown === true && document.fields[path] === undefined;
	}

	/** Money moves what is approved to and fro. */
	function isMoved(from: string, to: string): boolean {
		const { approved } = definition.lifecycle;
		return from !== to && !(approved.includes(from) && approved.includes(to));
	}
}
