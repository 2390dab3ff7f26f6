import { foldText } from '../../foldText';

/**
 * Whether two names or addresses are surely of two people. A name and an e-mail address cannot be
 * compared, and a blank is nobody's.
 */
export function hasAnotherName(one: string, other: string): boolean {
	const [first, second] = [one, other].map((name) => foldText(name.trim()).replace(/\s+/g, ' '));
	if (!first || !second) return false;
	return first.includes('@') === second.includes('@') && first !== second;
}
