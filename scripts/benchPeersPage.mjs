import { table, whole } from './benchPage.mjs';

export const PEERS_HEADING = '## Beside the others';

/** Below docs/. */
export const PEERS_CHART = 'images/bench-peers.svg';

const limitsWords = ({ limits }) => (limits ? '' : ', without Xero’s limits');

/**
 * The section of docs/bench.md.
 * @param {{ peers: object[], orders: number, machine: string }} measured
 */
export function peersSection({ peers, orders, machine }) {
	const failures = peers.flatMap((peer) =>
		[peer.first, peer.again]
			.filter(({ ended }) => ended !== 'success')
			.slice(0, 1)
			.map(({ ended }) => `- ${peer.way}${limitsWords(peer)}: ${ended}`),
	);
	return `${PEERS_HEADING}

Made by \`npm run bench -- --peers --write\` on ${machine}: the same ${whole(orders)} orders of ${whole(Math.ceil(orders / 2))} new customers, known by their reference, each way twice, in the same n8n and into an empty ledger each. Xero answers under its production addresses from this machine, with its limits of 60 calls a minute and 5 at once, and 5,000 a day.

![Xero calls and invoices too many of each way](${PEERS_CHART})

${table(
	[
		'way',
		'Xero calls',
		'refused',
		'seconds',
		'orders that needed a person',
		'calls of the repeat',
		'seconds of the repeat',
		'invoices too many after it',
	],
	peers.map((peer) => [
		`${peer.way}${limitsWords(peer)}`,
		whole(peer.first.calls),
		whole(peer.first.refused),
		whole(peer.first.seconds),
		whole(peer.needAPerson),
		whole(peer.again.calls),
		whole(peer.again.seconds),
		whole(peer.doubles),
	]),
)}

An order *needed a person* when the run left it without an invoice. ${
		failures.length === 0
			? 'No run failed.'
			: `What n8n said of the runs that failed:\n\n${failures.join('\n')}`
	}
`;
}

const WIDTH = 760;
const LABELS = 10;
const BAR = 18;
const ROW = 62;

/** A chart of bars: calls of both runs, and invoices too many, for each way. */
export function peersChart({ peers, orders }) {
	const rows = peers.map((peer) => ({
		name: `${peer.way}${limitsWords(peer)}`,
		bars: [
			{
				value: peer.first.calls + peer.again.calls,
				words: 'calls in both runs',
				colour: '#13b5ea',
			},
			{ value: peer.doubles, words: 'invoices too many', colour: '#d9534f' },
		],
	}));
	const most = Math.max(1, ...rows.flatMap(({ bars }) => bars.map(({ value }) => value)));
	const longest = WIDTH - LABELS - 210;
	const drawn = rows.map(({ name, bars }, at) => {
		const top = 44 + at * ROW;
		const lines = bars.map(({ value, words, colour }, bar) => {
			const y = top + 8 + bar * (BAR + 2);
			const width = Math.max(1, Math.round((value / most) * longest));
			return `<rect x="${LABELS}" y="${y}" width="${width}" height="${BAR - 4}" fill="${colour}"/><text x="${LABELS + width + 6}" y="${y + 12}">${whole(value)} ${words}</text>`;
		});
		return `<text x="${LABELS}" y="${top}" font-weight="bold">${escaped(name)}</text>${lines.join('')}`;
	});
	const height = 44 + rows.length * ROW;
	const title = `${whole(orders)} orders, delivered twice`;
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" role="img" aria-label="${title}">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="${LABELS}" y="20" font-size="15">${title}</text>
${drawn.join('\n')}
</svg>
`;
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
