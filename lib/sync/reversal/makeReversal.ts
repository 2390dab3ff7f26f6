import type { CalendarDate } from '../../dates';
import { contentHash } from '../../hash';
import { canonicalDecimal, parseDecimal } from '../../money';
import { faultOr } from '../../serviceFault';
import { beginning } from '../../texts';
import { listIn } from '../../xero/answers';
import type { WireElement, XeroDocument } from '../../xero/documents/definition';
import { elementsOf } from '../../xero/documents/wireSlots';
import { toWireValue } from '../../xero/documents/wireValues';
import { issueOf } from '../check/check';
import { textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { liveOnes } from '../find/twins';
import { isPosted } from '../plan/closedPeriods';
import type { Followed } from '../references/completed';
import { isPassing, stepHeld } from '../words/notSent';
import { issuesOfXero } from '../words/xeroWords';
import { isTurnTaken } from '../write/turns';
import { keyOfReversal, readReversals } from './findReversals';
import type { ReversingRun } from './reversingRun';

/** Xero keeps a key for six minutes: what was looked up longer ago may hide another worker's reversal. */
const KNOWN_MS = 300_000;

/** A machine that sleeps on each way to Xero is given up. */
const MOST_LOOKS = 3;

/**
 * Posts the opposite of a journal, as Xero has that now, on another day. Its key follows from the
 * journal, and from reversals of it that were voided, so that of two workers one makes it. Never throws
 * for what Xero answers.
 */
export async function makeReversal(
	run: ReversingRun,
	journal: XeroDocument,
	day: CalendarDate,
): Promise<Followed> {
	for (let look = 1; look <= MOST_LOOKS; look += 1) {
		const made = await reverseAsKnown(run, journal, day);
		if (made !== 'late') return made;
	}
	return notKnown(run, 'The machine slept between looking for it and making it.');
}

/** `late` where nothing was sent, since it was known too long ago that there is none. */
async function reverseAsKnown(
	run: ReversingRun,
	journal: XeroDocument,
	day: CalendarDate,
): Promise<Followed | 'late'> {
	const { client, clock, definition, reverses } = run;
	const lookedUpAtMs = clock.now();
	const reversals = () => faultOr(readReversals(client, definition, reverses, [journal.id]));
	const isAmong = (found: readonly XeroDocument[]) => liveOnes(definition, found).length > 0;
	const before = await reversals();
	if (!before.ok) return notKnown(run, before.failure.message);
	if (isAmong(before.value)) return { kind: 'done', document: journal };
	const { resource } = definition.wire;
	const read = await faultOr(client.read({ path: `/${resource}/${journal.id}` }));
	if (!read.ok) return notKnown(run, read.failure.message);
	const [present, ...others] = listIn(read.value, resource) ?? [];
	if (!present || others.length > 0) return notKnown(run, 'The answer was none of Xero’s.');
	if (!isPosted(definition, definition.read(present).status)) {
		return notKnown(run, 'It is not posted any more.');
	}
	// One that a person has voided is made anew, also while Xero still knows the request for it.
	const gone = before.value.map(({ id }) => id).sort();
	const answer = await client.write({
		method: 'PUT',
		path: `/${resource}`,
		body: { [resource]: [opposite(run, present, journal.id, day)] },
		idempotencyKey: `knack-xero-reversal-${contentHash({ organisation: client.organisationId ?? '', id: journal.id, gone })}`,
		notAfterMs: lookedUpAtMs + KNOWN_MS,
	});
	if (answer.kind === 'late') return 'late';
	if (answer.kind === 'stopped') {
		const stopped = answer.fault;
		if (!isPassing(stopped)) return notKnown(run, stopped.message);
		return stepHeld(stopped, `The journal is in Xero, and its reversal on ${day} is not.`);
	}
	const after = await reversals();
	if (after.ok && isAmong(after.value)) return { kind: 'done', document: journal };
	if (answer.kind === 'refused' && !isTurnTaken(answer.messages)) {
		return {
			kind: 'failed',
			outcome: 'blocked',
			issues: issuesOfXero(answer.messages).map((issue) => ({
				...issue,
				message: `The journal is in Xero, and its reversal on ${day} is not. ${issue.message}`,
			})),
		};
	}
	return notKnown(
		run,
		answer.kind === 'unknown' ? answer.reason : 'Another run was at it at the same moment.',
	);
}

/** The same lines with their signs turned: accounts, tax and tracking stay. */
function opposite(
	{ definition, reverses }: ReversingRun,
	present: WireElement,
	id: string,
	day: CalendarDate,
): WireElement {
	const { lines } = definition.wire;
	const { textPath, textName, dayName, takesOver } = reverses;
	const { lineMembers, accountMembers, amountMembers } = reverses;
	const text = textOf(definition.read(present).fields[textPath]) ?? '';
	const taken = (element: WireElement, names: readonly string[]) =>
		Object.fromEntries(
			names.flatMap((name) => (element[name] === undefined ? [] : [[name, element[name]]])),
		);
	const turned = elementsOf(lines && present[lines.name]).map((line) => ({
		...taken(line, lineMembers),
		...taken(line, accountMembers.filter((name) => line[name]).slice(0, 1)),
		...Object.fromEntries(
			amountMembers.flatMap((name) => {
				const amount = parseDecimal(line[name]);
				return amount ? [[name, toWireValue('money', canonicalDecimal(amount.times(-1)))]] : [];
			}),
		),
	}));
	return {
		...taken(present, takesOver),
		[textName]: beginning(`${keyOfReversal(id)}: ${text}`, LONGEST_TEXT),
		[dayName]: day,
		...(lines ? { [lines.name]: turned } : {}),
	};
}

const LONGEST_TEXT = 4000;

function notKnown({ reverses, severities }: ReversingRun, reason: string): Followed {
	return {
		kind: 'failed',
		outcome: 'failed',
		issues: issueOf(
			LATE_RULES.noAnswer,
			{
				field: reverses.dayPath,
				message: `The journal is in Xero, but it is not known whether its reversal is. ${reason}`,
				fix: 'Run the record again: what is there already is not made twice.',
			},
			severities,
		),
	};
}
