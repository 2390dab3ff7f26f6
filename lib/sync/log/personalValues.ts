import { foldText } from '../../foldText';
import { canonicalJson } from '../../hash';
import { z } from '../../vendor/zod';
import { newSalt, saltedDigest } from './logKey';
import { parseSafeJson, safeJson } from './safeText';

/** Whose values they are: the person that the record is about, or those who had a hand in it. */
export const PERSONAL_GROUPS = ['record', 'knackUser', 'approver', 'n8nUser', 'reason'] as const;

export type PersonalGroup = (typeof PERSONAL_GROUPS)[number];

type Values = Readonly<Record<string, string>>;

/** What is said of persons, by whose it is and what it is called. */
export type PersonalValues = Readonly<Partial<Record<PersonalGroup, Values>>>;

/** The same as a row keeps it outside of its signed text: taken away, the text still holds. */
const keptGroup = z.object({ salt: z.string().min(1), values: z.record(z.string()) }).strict();
const kept = z.record(z.enum(PERSONAL_GROUPS), keptGroup);

export type KeptPersonal = z.infer<typeof kept>;

/** In the signed text: of each value a salted digest, and never the value. */
export const personalDigests = z.record(z.enum(PERSONAL_GROUPS), z.record(z.string()));

type PersonalDigests = z.infer<typeof personalDigests>;

/** Salts values, one salt for a person of a row. Groups without values are left out. */
export function saltPersonal(values: PersonalValues): KeptPersonal {
	const groups = PERSONAL_GROUPS.flatMap((group) => {
		const own = values[group] ?? {};
		return Object.keys(own).length === 0 ? [] : [[group, { salt: newSalt(), values: own }]];
	});
	return kept.parse(Object.fromEntries(groups));
}

export function digestsOf(personal: KeptPersonal): PersonalDigests {
	return Object.fromEntries(
		groupsOf(personal).map((group) => [group, digestsOfGroup(group, personal)]),
	);
}

function digestsOfGroup(group: PersonalGroup, personal: KeptPersonal): Record<string, string> {
	const { salt = '', values = {} } = personal[group] ?? {};
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			saltedDigest(salt, canonicalJson([group, name, value])),
		]),
	);
}

export function groupsOf(groups: Partial<Record<PersonalGroup, unknown>>): PersonalGroup[] {
	return PERSONAL_GROUPS.filter((group) => groups[group] !== undefined);
}

export function personalText(personal: KeptPersonal): string {
	return groupsOf(personal).length === 0 ? '' : safeJson(personal);
}

/** What stands in the field of a row; undefined where it is not what a run has written. */
export function parsePersonal(text: string): KeptPersonal | undefined {
	if (text.trim() === '') return {};
	const parsed = kept.safeParse(parseSafeJson(text));
	return parsed.success ? parsed.data : undefined;
}

/** Groups of which something is not what the digests say; those that are gone do not count. */
export function alteredGroups(digests: PersonalDigests, personal: KeptPersonal): PersonalGroup[] {
	return groupsOf(personal).filter((group) => {
		const meant = canonicalJson(digests[group] ?? {});
		return canonicalJson(digestsOfGroup(group, personal)) !== meant;
	});
}

export function withoutGroups(
	personal: KeptPersonal,
	groups: readonly PersonalGroup[],
): KeptPersonal {
	return Object.fromEntries(
		groupsOf(personal)
			.filter((group) => !groups.includes(group))
			.map((group) => [group, personal[group]]),
	);
}

/** Shorter than this, or a single word, a text could be part of somebody else's name. */
const WITHIN = /[@\s]|^[0-9a-f-]{24,}$/i;

/**
 * Groups that hold the person: a value is the name, the address or the id, or a sentence has it in it.
 * A single word is looked for as a whole value only, since it may be part of another's name.
 */
export function groupsWith(person: string, personal: KeptPersonal): PersonalGroup[] {
	const wanted = foldText(person);
	if (wanted === '') return [];
	const holds = WITHIN.test(person.trim())
		? (value: string) => containsWords(foldText(value), wanted)
		: (value: string) => foldText(value) === wanted;
	return groupsOf(personal).filter((group) =>
		Object.values(personal[group]?.values ?? {}).some(holds),
	);
}

function containsWords(text: string, words: string): boolean {
	const isLetter = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
	for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
		if (!isLetter(text[at - 1]) && !isLetter(text[at + words.length])) return true;
	}
	return false;
}
