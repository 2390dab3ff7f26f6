import type { OrganisationSettings } from '../../../lib/xero/settings';
import { Random } from '../random';
import { type Parser, parsers } from './parsers';
import { allPlainShapes, randomShape, shapeInWords, textOfShape, type Shape } from './shapes';

export interface TimeOptions {
	readonly firstSeed: number;
	/** Shapes by chance for each parser, beside the plain ones. */
	readonly shapes: number;
	/** Lengths that are compared, in characters. */
	readonly short: number;
	readonly long: number;
	/** How many of the slowest shapes of a parser are measured. */
	readonly measured: number;
}

export interface TimeResult {
	readonly parsers: number;
	readonly shapes: number;
	/** How much longer a character takes in the long text than in the short one, at worst. */
	readonly worstRatio: number;
	readonly worstInWords: string;
	/** Milliseconds of the longest reading of all. */
	readonly longestMs: number;
	readonly longestInWords: string;
	/** Parsers that threw, one line for each text. */
	readonly thrown: readonly string[];
}

/** Below it a clock shows nothing but itself. */
const LEAST_MS = 4;
const TRIES = 2;
const MOST_READINGS = 200;
/** Half of the time for which a run may hold the event loop: what is read in it holds nobody. */
const NO_TIME_MS = 25;
/** Growth beyond it is measured again. */
const SUSPECT = 2;
const AGAIN = 6;

/**
 * How the time of each parser grows with the length of a text, over texts that are made to be slow:
 * all are tried at the short length, and the slowest are measured at both.
 */
export function measureTimes(settings: OrganisationSettings, options: TimeOptions): TimeResult {
	const random = new Random(options.firstSeed);
	const thrown: string[] = [];
	let worst = { ratio: 0, words: 'nothing' };
	let longest = { ms: 0, words: 'nothing' };
	const all = parsers(settings);
	for (const parser of all) {
		const shapes = [
			...allPlainShapes(),
			...Array.from({ length: options.shapes }, () => randomShape(random)),
		];
		for (const shape of slowest(parser, shapes, options, thrown)) {
			const words = `${parser.name}: ${shapeInWords(shape)}`;
			let { ratio, long } = growthOf(parser, shape, options);
			// A machine that is busy with something else only ever makes it worse.
			for (let again = 0; again < AGAIN && ratio > SUSPECT; again += 1) {
				const next = growthOf(parser, shape, options);
				if (next.ratio < ratio) ({ ratio, long } = next);
			}
			if (ratio > worst.ratio) worst = { ratio, words };
			if (long > longest.ms) longest = { ms: long, words };
		}
	}
	return {
		parsers: all.length,
		shapes: all.length * (allPlainShapes().length + options.shapes),
		worstRatio: worst.ratio,
		worstInWords: worst.words,
		longestMs: longest.ms,
		longestInWords: longest.words,
		thrown,
	};
}

function growthOf(
	parser: Parser,
	shape: Shape,
	{ short, long }: TimeOptions,
): { readonly ratio: number; readonly long: number } {
	const longMs = timeOf(parser, shape, long, 1);
	// What is read in no time has no ratio, and hundreds of such texts take longer to make than to read.
	if (longMs < NO_TIME_MS) return { ratio: 0, long: longMs };
	const shortMs = Math.max(timeOf(parser, shape, short, MOST_READINGS), 1e-6);
	return { ratio: longMs / long / (shortMs / short), long: longMs };
}

function slowest(
	parser: Parser,
	shapes: readonly Shape[],
	{ short, measured }: TimeOptions,
	thrown: string[],
): Shape[] {
	// What grows with the square of the length shows here already, among the slowest.
	const timed = shapes.map((shape) => {
		const text = inOnePiece(textOfShape(shape, short));
		const elapsedMs = stopwatch();
		try {
			parser.read(text);
		} catch (error) {
			thrown.push(`${parser.name}: ${String(error).slice(0, 100)} at ${shapeInWords(shape)}`);
		}
		return { shape, ms: elapsedMs() };
	});
	return timed
		.sort((a, b) => b.ms - a.ms)
		.slice(0, measured)
		.map(({ shape }) => shape);
}

/**
 * The shortest of some tries, each as often as the clock needs, or `most` times. No text twice: some are
 * remembered.
 */
function timeOf(parser: Parser, shape: Shape, length: number, most: number): number {
	let best = Number.POSITIVE_INFINITY;
	let size = length;
	for (let attempt = 0; attempt < TRIES; attempt += 1) {
		let spentMs = 0;
		let times = 0;
		while (spentMs < LEAST_MS && times < most) {
			const texts = Array.from({ length: Math.max(1, times) }, () =>
				inOnePiece(textOfShape(shape, (size -= 1))),
			);
			const elapsedMs = stopwatch();
			for (const text of texts) read(parser, text);
			spentMs += elapsedMs();
			times += texts.length;
			if (size < length * 0.9) size = length;
		}
		best = Math.min(best, spentMs / times);
	}
	return best;
}

const NOTHING = /(?!)/;

/** A text put together is a tree of its pieces until somebody reads it, which is not the parser's to pay. */
function inOnePiece(text: string): string {
	NOTHING.test(text);
	return text;
}

/** What throws is told of already. */
function read(parser: Parser, text: string): void {
	try {
		parser.read(text);
	} catch {
		return;
	}
}

/**
 * What something took by now: the shorter of the time on the clock, which tells of other programs too, and
 * of the processor's, which tells of garbage that is collected beside.
 */
function stopwatch(): () => number {
	const [startedMs, before] = [performance.now(), process.cpuUsage()];
	return () => {
		const { user, system } = process.cpuUsage(before);
		return Math.min(performance.now() - startedMs, (user + system) / 1_000);
	};
}
