import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { MOST_BYTES } from '../pictures/camera';
import { type Picture, screens, sketches } from '../pictures/list';
import { drawSketch } from '../pictures/sketches/drawSketch';
import { sketchOf } from '../pictures/sketches/sketches';

const root = path.join(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const pictures: readonly Picture[] = [...screens, ...sketches];

/** Of no screen: drawn once, and drawn of what `npm run bench -- --peers` measures. */
const OF_NO_SCREEN = ['round-trip.svg', 'bench-peers.svg'];

/** What a person follows click by click. */
const guides = [
	'docs/knack-credential.md',
	'docs/knack-fields.md',
	'docs/knack-node.md',
	'docs/knack-starter.md',
	'docs/knack-trigger.md',
	'docs/map-upsert-to-xero.md',
	'docs/payment-status-to-knack.md',
	'docs/queue-mode.md',
	'docs/sandbox.md',
	'docs/xero-credential.md',
	'docs/xero-trigger.md',
	'workflows-examples/README.md',
];

describe.each(guides)('the guide %s', (guide) => {
	it('begins with what it takes', () => {
		const [, second = '', third = ''] = read(guide)
			.split('\n')
			.filter((line) => line !== '');
		// A sentence on what it is about may come first.
		expect([second, third].find((line) => line.startsWith('**Takes** '))).toMatch(
			/^\*\*Takes\*\* .*\b(minutes?|seconds?)\b/,
		);
	});

	it('shows pictures', () => {
		expect(pictures.filter(({ page }) => page === guide)).not.toEqual([]);
	});
});

describe.each(pictures)('docs/images/$file', ({ file, page, alt }) => {
	it('is shown in its guide, with words for those who do not see it', () => {
		const place = path.relative(path.dirname(page), `docs/images/${file}`);
		expect(read(page)).toContain(`![${alt}](${place})`);
	});

	it('is small enough for a telephone', () => {
		expect(statSync(path.join(root, 'docs/images', file)).size).toBeLessThan(MOST_BYTES);
	});
});

it('docs/images has no other files than those that npm run pictures makes', () => {
	const made = [...pictures.map(({ file }) => file), ...OF_NO_SCREEN].sort();
	expect(readdirSync(path.join(root, 'docs/images')).sort()).toEqual(made);
});

describe.each(Object.entries(sketchOf))('the sketch %s', (file, sketch) => {
	it('is drawn from its description, and says that it is one', () => {
		const drawn = read(`docs/images/${file}`);
		expect(drawn).toBe(drawSketch(sketch));
		expect(drawn).toContain('Sketch. Yours may look otherwise.');
	});
});
