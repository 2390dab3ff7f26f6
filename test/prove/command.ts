import { parseArgs } from 'node:util';
import { z } from 'zod';

/** What a proof came to. */
export interface Proven {
	readonly passed: boolean;
	/** What it has found, as a person reads it. */
	readonly lines: readonly string[];
}

/** Takes a line that a proof says before it has ended. */
export type Tell = (line: string) => void;

/** Something in the command line that no proof takes, in words. */
export class WrongCommand extends Error {}

/** A proof as the command line knows it. */
export interface Proof {
	/** What chooses it, as in `--fuzz`; the one that has none is run when none is chosen. */
	readonly name: string | undefined;
	/** How it is called, what it shows, and what its options are. */
	readonly help: readonly string[];
	/**
	 * Reads what it is told. @returns what then runs it
	 * @throws {WrongCommand} where an option is not one of its own, or cannot be read
	 */
	asTold(parameters: readonly string[]): (tell: Tell) => Promise<Proven>;
}

interface Definition<Options extends z.ZodRawShape> {
	readonly name?: string;
	/** What it shows, in a sentence. */
	readonly shows: string;
	/** By name, each with what it is when nobody says; one of the proof's own name follows that name. */
	readonly options: Options;
	readonly run: (
		values: z.objectOutputType<Options, z.ZodTypeAny, 'strict'>,
		tell: Tell,
	) => Promise<Proven>;
}

/** An option that is a whole number. */
export function number(preset: number, says: string, least = 1) {
	const expected = `give a whole number from ${least}`;
	return z
		.string()
		.regex(/^\d{1,15}$/, expected)
		.transform(Number)
		.refine((value) => value >= least, expected)
		.default(String(preset))
		.describe(says);
}

/** An option that is a text, empty when nobody says. */
export function text(says: string) {
	return z.string().default('').describe(says);
}

/** An option that is there or not. */
export function flag(says: string) {
	return z.boolean().default(false).describe(says);
}

/** One proof of the table: what it takes, and what is done with it. */
export function proof<Options extends z.ZodRawShape>(definition: Definition<Options>): Proof {
	const { name, options, run } = definition;
	const schema = z.object(options).strict();
	const presets: Readonly<Record<string, unknown>> = schema.parse({});
	return {
		name,
		help: helpOf(definition, presets),
		asTold: (parameters) => {
			const values = schema.safeParse(parsed(definition, presets, parameters));
			if (values.success) return async (tell) => await run(values.data, tell);
			const [issue] = values.error.issues;
			throw new WrongCommand(`--${issue?.path.join('.')}: ${issue?.message}`);
		},
	};
}

/** The proof that is asked for. */
export function chosenProof(proofs: readonly Proof[], parameters: readonly string[]): Proof {
	const named = new Set(parameters.map((each) => /^--([^=]+)/.exec(each)?.[1]));
	const chosen = proofs.filter(({ name }) => name !== undefined && named.has(name));
	const [one, other] = chosen;
	if (one && other) {
		throw new WrongCommand(`--${one.name} and --${other.name} are two proofs: ask for one.`);
	}
	const found = one ?? proofs.find(({ name }) => name === undefined);
	if (!found) throw new WrongCommand('No proof is chosen.');
	return found;
}

type Presets = Readonly<Record<string, unknown>>;

function parsed(
	{ name, options }: Pick<Definition<z.ZodRawShape>, 'name' | 'options'>,
	presets: Presets,
	parameters: readonly string[],
): Record<string, unknown> {
	const isCounted = name !== undefined && name in options;
	// `--totals` alone is as many as it is when nobody says.
	const args = parameters.filter((each, at) => {
		const next = parameters[at + 1];
		return !(isCounted && each === `--${name}` && (next === undefined || next.startsWith('--')));
	});
	const types = Object.entries(presets).map(([option, preset]) => [
		option,
		{ type: typeof preset === 'boolean' ? ('boolean' as const) : ('string' as const) },
	]);
	const choosing = name === undefined || isCounted ? [] : [[name, { type: 'boolean' as const }]];
	try {
		const { values } = parseArgs({ args, options: Object.fromEntries([...types, ...choosing]) });
		return Object.fromEntries(Object.entries(values).filter(([option]) => option in options));
	} catch (error) {
		const [sentence] = String(Object(error).message).split('. ');
		const takes = Object.keys(options).map((option) => `--${option}`);
		const which = name === undefined ? 'This proof' : `--${name}`;
		throw new WrongCommand(`${sentence}. ${which} takes ${takes.join(', ')}.`);
	}
}

function helpOf(
	{ name, shows, options }: Pick<Definition<z.ZodRawShape>, 'name' | 'shows' | 'options'>,
	presets: Presets,
): string[] {
	const asCalled = (option: string) => {
		const preset = presets[option];
		if (typeof preset === 'boolean') return `--${option}`;
		return `--${option} ${preset === '' ? 'text' : String(preset)}`;
	};
	const calls = Object.keys(options).map((option) =>
		option === name ? asCalled(option) : `[${asCalled(option)}]`,
	);
	const choosing = name === undefined || name in options ? [] : [`--${name}`];
	const width = Math.max(...Object.keys(options).map((option) => option.length));
	return [
		`npm run prove -- ${[...choosing, ...calls].join(' ')}`,
		`    ${shows}`,
		...Object.entries(options).map(
			([option, { description = '' }]) => `      --${option.padEnd(width)}  ${description}`,
		),
	];
}
