import { merged } from '../../merged';
import { moneyText } from '../../money';
import { without } from '../../without';
import type { DocumentAmounts, FieldValues, XeroDocument } from '../../xero/documents/definition';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Match } from '../find/matching';
import type { FieldChange } from '../outcome';
import { fingerprintText, type Fingerprint } from '../sourceLink/fingerprint';
import { checkBankDetails } from './bankDetails';
import type { TakenOver } from './bothWays';
import { checkStanding, compareWithXero, type Compared } from './changesDue';
import { rateSentBack } from './currencyRate';
import { checkEditable } from './editable';
import { buildElement, type ElementParts } from './elements';
import { fieldsToSend } from './header';
import { tellConstructionScheme } from './constructionScheme';
import { correctionDue } from './inPlace';
import { judgeIssued } from './issuedEdits';
import { planLines, type LinePlan } from './lines';
import { checkLines, checkPeriods, checkSize, checkTotals, type Found } from './planChecks';
import type { PlanInput } from './planInput';
import { predictAmounts } from './predictAmounts';
import { planSourceLink, SOURCE_LINK } from './sourceLink';
import { tellWhatStays } from './whatStays';

/** What of a document in Xero is to be changed, or corrected in another way; neither where nothing is. */
export function planUpdate(
	input: PlanInput,
	match: Extract<Match, { kind: 'matched' }>,
	found: Found,
) {
	const { definition, draft, settings, options } = input;
	const { document } = match;
	const compared = compareWithXero(input, match, found);
	const { header, status, contactMove } = compared;
	const lines = linesOf(input, document, compared);
	if (lines) {
		tellWhatStays(definition, document, lines, found);
		tellConstructionScheme(input, document, lines.pairs, found);
	}
	const changes = header.concat(contactMove ?? [], status ?? [], lines?.changes ?? []);
	checkStanding({ input, document, compared, changes }, found);
	const fingerprint = fingerprintText(compared.sent);
	const forRecord = takenOver(compared);
	const isCredited = match.credited !== undefined;
	if (changes.length === 0 && !isCredited) {
		const differs = compared.changedInXero.length + compared.contested.length > 0;
		if (!differs && lines) checkKept(input, document, lines, found);
		return { fingerprint, forRecord };
	}
	if (definition.isContact) {
		checkBankDetails(changes, String(document.fields.name ?? 'the contact'), found);
	}
	const issued = isCredited
		? undefined
		: judgeIssued({ input, document, compared, changes }, lines);
	if (isCredited || issued?.kind === 'correct') {
		return { correction: correctionDue(input, document, compared, lines, changes), fingerprint };
	}
	if (!issued?.isFinal) checkEditable(definition, document, changes, lines, found);
	if (issued) found(issued.rule, issued.finding);
	if (!issued?.isStopping) checkPeriods(dayAsDue(input, header), document, status?.after, found);

	const fields = fieldsToSend(definition, document, draft, header);
	if (status) fields.status = status.after;
	const rate = rateSentBack(definition, document, changes, settings.organisation.baseCurrency);
	if (rate !== undefined) fields.currencyRate = rate;
	const link = planSourceLink({ definition, draft, options, sent: compared.sent, document }, found);
	if (link !== undefined) fields.url = link;
	const linked: readonly FieldChange[] =
		link === undefined ? [] : [{ field: SOURCE_LINK, before: document.fields.url, after: link }];
	const alwaysNamed = definition.wire.alwaysSent.includes('contact.id');
	const amounts = amountsAfter(input, document, merged(document.fields, fields), lines);
	const parts: ElementParts = {
		// The id stands in the address where documents are written one at a time.
		id: definition.wire.hasIdInElement ? document.id : undefined,
		fields,
		lines: lines?.lines,
		contactId: contactMove ? input.contactId : alwaysNamed ? document.contactId : undefined,
	};
	const element = () => buildElement(definition, parts, settings);
	if (lines?.lines) {
		const reached = status?.after ?? document.status;
		checkLines(input, lines.own, reached, found);
		checkTotals(definition, draft, amounts, found);
		checkSize(definition, draft, element, found);
	}
	return { due: { element, changes: changes.concat(linked), amounts }, fingerprint, forRecord };
}

/** What the record is to take over from Xero, with what counts as sent once it has. */
function takenOver({ forRecord, sent }: Compared): TakenOver | undefined {
	if (!forRecord) return undefined;
	const after = (header: Fingerprint['header']) =>
		fingerprintText({ header: new Map([...header, ...forRecord.sent]) }) ?? '';
	return {
		values: forRecord.values,
		fingerprint: after(sent.header),
		fingerprintUnsent: after(forRecord.before),
	};
}

/** The record with its day only where that goes over: else the day is the one in Xero. */
function dayAsDue(input: PlanInput, header: readonly FieldChange[]): PlanInput {
	if (header.some(({ field }) => field === 'date')) return input;
	return { ...input, draft: { ...input.draft, fields: without(input.draft.fields, 'date') } };
}

/** What Xero will reckon once the update is made. */
function amountsAfter(
	{ definition, settings }: PlanInput,
	document: XeroDocument,
	fields: FieldValues,
	lines: LinePlan | undefined,
): DocumentAmounts | undefined {
	const isReckonedAnew = ['lineAmountTypes', 'currencyCode'].some(
		(path) => fields[path] !== document.fields[path],
	);
	const sent = lines?.lines ?? (isReckonedAnew ? document.lines : undefined);
	if (!sent || definition.amounts.isOfHours) return document.amounts;
	const isTaxKept = fields.lineAmountTypes === document.fields.lineAmountTypes;
	const kept = isTaxKept
		? sent
		: sent.map((line) => ({ ...line, fields: merged(line.fields, { taxAmount: '' }) }));
	return predictAmounts(definition, fields, kept, settings, document.lines);
}

function linesOf(
	{
		definition: {
			lineFields,
			canBeUpdated,
			wire: { lines: member },
		},
		options,
	}: PlanInput,
	document: XeroDocument,
	{ lines, header, removesOmitted }: Compared,
): LinePlan | undefined {
	if (!lines || !lineFields) return undefined;
	return planLines(lineFields, lines.wanted, document.lines ?? [], {
		// Lines without ids are all written anew: what the record has dropped does not stay among them.
		// Nor does it in what is never changed, so that it is told.
		removeOmitted: removesOmitted || member?.idName === undefined || !canBeUpdated,
		dropTaxAmounts: header.some((change) => change.field === 'lineAmountTypes'),
		kept: lines.kept,
		dropped: lines.dropped,
		blankQuantity: options.blankQuantity,
	});
}

const AMOUNT_LEFT_OUT: FieldValues = { lineAmount: '' };

/** A document that needs no change, and whose total is not the record's all the same, is said so. */
function checkKept(
	{ definition, draft, settings }: PlanInput,
	document: XeroDocument,
	{ pairs }: LinePlan,
	found: Found,
) {
	const { amounts } = document;
	if (pairs.length === 0 || !amounts) return;
	const terms = merged(document.fields, draft.fields);
	// What the record does not map, such as a discount given in Xero, is no difference. The amount of
	// a line is reckoned by Xero from the others.
	const whole = pairs.map(({ line, pair }) => ({
		fields: merged(pair?.fields, AMOUNT_LEFT_OUT, line.fields),
	}));
	const own = predictAmounts(definition, terms, whole, settings);
	if (!own || own.total.eq(amounts.total)) return;
	found(LATE_RULES.answerDiffers, {
		field: 'total',
		message: `The record’s lines come to ${moneyText(own.total, own.currency)}; ${document.number ?? 'the document'} in Xero has ${moneyText(amounts.total, amounts.currency)}.`,
		fix: 'Compare the lines in Xero with the record.',
	});
}
