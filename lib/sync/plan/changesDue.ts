import type { XeroDocument } from '../../xero/documents/definition';
import { headerText, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Match } from '../find/matching';
import type { FieldChange } from '../outcome';
import {
	fingerprintOf,
	pathDigest,
	CONTACT_PATH,
	type Fingerprint,
} from '../sourceLink/fingerprint';
import { lastSentOf } from '../sourceLink/keptFingerprint';
import { readSourceMark } from '../sourceLink/sourceMark';
import { settleBothWays, winnerOf, type Decided, type ForRecord } from './bothWays';
import { decidedWords, heldBothWaysWords } from './bothWaysWords';
import { differencesInWords } from './changeWords';
import { headerChanges, statusChange } from './header';
import { isRateOfOwnCurrency } from './currencyRate';
import type { PlanInput } from './planInput';
import type { Found } from './planChecks';
import {
	contactChangedBy,
	headerChangedBy,
	settleLines,
	type ChangedBy,
	type SettledLines,
} from './standing';
import { isApproved } from '../check/approval';

/** A record held against its document in Xero and against what was last sent. */
export interface Compared {
	/** What goes over of the header. */
	readonly header: readonly FieldChange[];
	readonly status: { field: string; before?: string; after: string } | undefined;
	/** The move to the record's contact, by the names that people know. */
	readonly contactMove: FieldChange | undefined;
	/** The lines to plan; undefined where the record has none. */
	readonly lines: SettledLines | undefined;
	/** What differs because a person changed it in Xero: it stays. */
	readonly changedInXero: readonly FieldChange[];
	/** What both have changed. */
	readonly contested: readonly FieldChange[];
	/** What both have changed of what goes both ways, and one side wins. */
	readonly decided: readonly Decided[];
	/** Changes of the header of which it is not known what was sent. */
	readonly unknown: readonly FieldChange[];
	/** Whether it is not known what lines were sent. */
	readonly areLinesUnknown: boolean;
	/** Whether lines that the record does not have any more are removed. */
	readonly removesOmitted: boolean;
	/** What counts as sent once the changes have gone over. */
	readonly sent: Fingerprint;
	/** What Xero has that the record is to take over, of what goes both ways. */
	readonly forRecord?: ForRecord;
}

/**
 * Finds what of a record is to go over. A change is one only against what was last sent: what a
 * person set in Xero stays while the record says what it said then.
 */
export function compareWithXero(
	input: PlanInput,
	{ document, by }: Extract<Match, { kind: 'matched' }>,
	found: Found,
): Compared {
	const { definition, draft, contactId, options, settings } = input;
	const { baseCurrency } = settings.organisation;
	const base = lastSentOf(textOf(document.fields.url), draft.source);
	const knackWins = options.accountantEdits === 'knackWins';
	const changedInXero: FieldChange[] = [];
	const contested: FieldChange[] = [];
	const header: FieldChange[] = [];
	const own = fingerprintOf(definition, draft);
	const sent = new Map(own.header);
	const unknown: FieldChange[] = [];
	// What a document in the place of a credited one has of its own, whatever the record says.
	const givenToSuccessors = ['date', definition.numberPath];
	const isSuccessor = readSourceMark(textOf(document.fields.url))?.corrects !== undefined;
	const sort = (change: FieldChange, who: ChangedBy, path: string): boolean => {
		// Day and number were given to a document in the place of another when it was made.
		if (who === 'xero' && isSuccessor && givenToSuccessors.includes(path)) return false;
		if (who === 'nobody') return false;
		if (who === 'xero' && !options.isDecided) changedInXero.push(change);
		else if (who === 'both' && !knackWins) {
			contested.push(change);
			setOrDelete(sent, pathDigest(path), base?.header.get(pathDigest(path)));
		} else {
			if (who === 'unknown') unknown.push(change);
			return true;
		}
		return false;
	};
	// What recognised the document differs at most in how it is written: that is no change to make.
	const recognisedBy = by === 'similarName' ? 'name' : by;
	const { bothWays } = options;
	const both = bothWays && settleBothWays(input, bothWays, document, base, recognisedBy);
	if (both) {
		header.push(...both.header);
		changedInXero.push(...both.emptiedInXero);
		contested.push(...both.contested);
		for (const [path, digest] of both.sent) setOrDelete(sent, path, digest);
	}
	for (const change of headerChanges(definition, draft, document, recognisedBy)) {
		if (bothWays && winnerOf(bothWays, change.field)) continue;
		if (isRateOfOwnCurrency(change.field, draft, document, baseCurrency)) continue;
		const who = headerChangedBy(definition, base, change);
		if (sort(change, who, change.field)) header.push(change);
	}
	let contactMove: FieldChange | undefined;
	if (definition.hasContact && contactId !== undefined && contactId !== document.contactId) {
		const change = {
			field: 'contact',
			before: document.contactName ?? document.contactId,
			after: headerText(draft, 'contact.name') ?? contactId,
		};
		const who = contactChangedBy(base, draft, document);
		if (sort(change, who, CONTACT_PATH)) contactMove = change;
	}
	// Hours that were sent, and that the record has dropped since, would be paid all the same.
	const removesOmitted =
		options.removeOmittedLines || (definition.amounts.isOfHours === true && !!base?.lines);
	const lines =
		draft.lines &&
		own.lines &&
		settleLines(
			{
				fields: definition.lineFields ?? [],
				wanted: draft.lines,
				digests: own.lines.each,
				present: document.lines ?? [],
			},
			knackWins ? undefined : base?.lines,
			removesOmitted,
		);
	if (lines) {
		changedInXero.push(...lines.changedInXero);
		contested.push(...lines.contested);
	}
	return {
		header,
		status: statusChange(definition, draft, document, found),
		contactMove,
		lines,
		changedInXero,
		contested,
		decided: both?.decided ?? [],
		unknown: knackWins ? [] : unknown,
		areLinesUnknown: !base?.lines && !knackWins,
		removesOmitted,
		sent: { header: sent, ...(lines ? { lines: lines.sent } : {}) },
		...(both?.forRecord ? { forRecord: both.forRecord } : {}),
	};
}

function setOrDelete(map: Map<string, string>, key: string, value: string | undefined): void {
	if (value === undefined) map.delete(key);
	else map.set(key, value);
}

/** Changes to a document in Xero, on which it is judged what may go over. */
export interface Judging {
	readonly input: PlanInput;
	readonly document: XeroDocument;
	readonly compared: Compared;
	/** What would go over. */
	readonly changes: readonly FieldChange[];
}

/** Says what stays as it is in Xero, and holds what is not for a machine to decide. */
export function checkStanding({ input, document, compared, changes }: Judging, found: Found): void {
	const { definition } = input;
	const kind = `the ${definition.label.toLowerCase()}`;
	const known = document.number ?? textOf(document.fields.name);
	const label = known ?? kind.replace('the', 'The');
	const { changedInXero, contested } = compared;
	const own = headerText(input.draft, 'reference') ?? headerText(input.draft, 'contact.name');
	const [changed] = changedInXero;
	if (changed) {
		found(LATE_RULES.changedInXero, {
			field: changed.field,
			message: `${label} was changed in Xero since it was sent, and is left as it is: ${differencesInWords(definition, changedInXero)}.`,
			fix: 'Nothing is to be done. To have the record say the same, change it in Knack.',
		});
	}
	const [both] = contested;
	if (both) {
		found(LATE_RULES.bothChanged, {
			field: both.field,
			...(input.options.bothWays
				? heldBothWaysWords(input, document, contested)
				: {
						message: `The record${own === undefined ? '' : ` ${own}`} and Xero both differ from what was last sent of ${known ?? kind}: ${differencesInWords(definition, contested)}.`,
						fix: 'Write in Knack what shall stand, or change it in Xero to what Knack says. A Sync Fingerprint field under Write Back to Knack keeps what both then agree on, so that the next change goes over.',
					}),
		});
	}
	const [won] = compared.decided;
	if (won) {
		found(LATE_RULES.bothChangedDecided, {
			field: won.field,
			...decidedWords(input, document, compared.decided),
		});
	}
	const isUnknown =
		compared.unknown.length > 0 ||
		(compared.areLinesUnknown && changes.some(({ field }) => field.startsWith('lineItems')));
	if (
		isUnknown &&
		definition.lineFields &&
		definition.canBeUpdated &&
		isApproved(definition, document)
	) {
		found(LATE_RULES.baseUnknown, {
			field: changes[0]?.field,
			message: `${label} is approved in Xero and differs from the record, and it is not known who changed it: ${differencesInWords(definition, changes)}.`,
			fix: 'Change it in Xero to what Knack says, or the record to what Xero says. To let Knack win, set this rule to Warn. A Sync Fingerprint field under Write Back to Knack keeps what was sent, or what both agree on.',
		});
	}
}
