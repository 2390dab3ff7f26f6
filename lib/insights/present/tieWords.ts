import { moneyText, parseDecimal } from '../../money';
import type { Tie } from '../insight';

/** Whether a figure agrees with another source, and by how much it does not. */
export function tieSentence({ against, currency, ...tie }: Tie): string {
	const because = tie.why === undefined ? '' : ` ${tie.why}`;
	const money = (amount: string | null, named = '') => {
		const value = parseDecimal(amount);
		return value ? moneyText(value, named) : (amount ?? 'nothing');
	};
	const ours = money(tie.ours, currency);
	switch (tie.state) {
		case 'agrees':
			return `${ours} agrees to ${against}, difference ${money(tie.difference ?? '0.00')}.${because}`;
		case 'differs':
			return `${ours} differs from ${against}, which says ${money(tie.figure, currency)}: difference ${money(tie.difference)}.${because}`;
		case 'not checked':
			return tie.figure === null
				? `${ours} was not checked against ${against}.${because}`
				: `${ours} stands beside ${money(tie.figure, currency)} of ${against}: difference ${money(tie.difference)}, not explained.${because}`;
	}
}

/** The same without an amount. */
export function tieState({ against, state, figure }: Tie): string {
	switch (state) {
		case 'agrees':
			return `Agrees to ${against}.`;
		case 'differs':
			return `Differs from ${against}.`;
		case 'not checked':
			return figure === null
				? `Not checked against ${against}.`
				: `Not explained against ${against}.`;
	}
}
