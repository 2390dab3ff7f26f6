import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';

import type { Faults } from './core/faults';
import type { JournalFilter } from './core/journal';
import { pageControl, type ShownSandbox } from './page/pageControl';

/** What the control API needs of the sandbox around it. */
interface ControlledSandbox extends ShownSandbox {
	readonly faults: Faults;
	reset(seed?: 'tradeBusiness' | 'empty'): void;
}

const target = {
	service: z.enum(['knack', 'xero', 'identity', 'webhook', 'control']).optional(),
	method: z.string().optional(),
	path: z.string().optional(),
	times: z.number().int().positive().optional(),
	after: z.number().int().nonnegative().optional(),
};

const answerParts = {
	status: z.number().int().min(200).max(599),
	body: z.string().optional(),
	headers: z.record(z.string()).optional(),
};

const fault = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('dropBefore'), ...target }).strict(),
	z.object({ kind: z.literal('dropAfterCommit'), ...target }).strict(),
	z.object({ kind: z.literal('status'), ...target, ...answerParts }).strict(),
	z.object({ kind: z.literal('statusAfterCommit'), ...target, ...answerParts }).strict(),
	z.object({ kind: z.literal('delay'), ...target, delayMs: z.number().nonnegative() }).strict(),
	z
		.object({
			kind: z.literal('rateLimitStorm'),
			...target,
			retryAfterSeconds: z.number().int().nonnegative().optional(),
			problem: z.string().optional(),
		})
		.strict(),
]);

const journalQuery = z.object({
	service: z.enum(['knack', 'xero', 'identity', 'webhook', 'control']).optional(),
	kind: z.enum(['read', 'write']).optional(),
	method: z.string().optional(),
	path: z.string().optional(),
	organisation: z.string().optional(),
	status: z.coerce.number().optional(),
	afterId: z.coerce.number().optional(),
	last: z.coerce.number().optional(),
});

/** The control API around both twins: clock, faults, journal, reset and live events. */
export function sandboxControl(sandbox: ControlledSandbox): Hono {
	const control = new Hono();

	control.onError((error, context) => context.json({ error: error.message }, 400));

	control.get('/about', (context) => context.json({ editor: sandbox.editor ?? null }));

	control.get('/clock', (context) => context.json(clockJson(sandbox)));

	control.post('/clock', async (context) => {
		const change = z
			.object({
				now: z.union([z.number(), z.string().datetime({ offset: true })]).optional(),
				advanceMs: z.number().optional(),
				freeze: z.boolean().optional(),
			})
			.strict()
			.parse(await context.req.json());
		if (change.freeze === true) sandbox.clock.freeze();
		if (change.now !== undefined) {
			sandbox.clock.set(typeof change.now === 'number' ? change.now : Date.parse(change.now));
		}
		if (change.advanceMs !== undefined) sandbox.clock.advance(change.advanceMs);
		if (change.freeze === false) sandbox.clock.run();
		return context.json(clockJson(sandbox));
	});

	control.get('/faults', (context) => context.json(sandbox.faults.list));

	control.post('/faults', async (context) =>
		context.json(sandbox.faults.add(fault.parse(await context.req.json()))),
	);

	control.delete('/faults', (context) => {
		sandbox.faults.clear();
		return context.json({ done: true });
	});

	control.delete('/faults/:id', (context) =>
		context.json({ removed: sandbox.faults.remove(Number(context.req.param('id'))) }),
	);

	control.get('/journal', (context) => {
		const filter: JournalFilter = journalQuery.parse(context.req.query());
		return context.json({
			counts: sandbox.journal.counts(),
			entries: sandbox.journal.filter({ last: 200, ...filter }),
		});
	});

	control.delete('/journal', (context) => {
		sandbox.journal.clear();
		return context.json({ done: true });
	});

	control.post('/reset', (context) => {
		const seed = z.enum(['tradeBusiness', 'empty']).optional();
		sandbox.reset(seed.parse(context.req.query('seed')));
		return context.json({ done: true });
	});

	control.get('/events', (context) =>
		streamSSE(context, async (stream) => {
			const stopChanges = sandbox.onChange((change) => {
				void stream.writeSSE({ event: 'change', data: JSON.stringify(change) });
			});
			const stopJournal = sandbox.journal.onEntry(({ requestBody, responseBody, ...entry }) => {
				void stream.writeSSE({ event: 'request', data: JSON.stringify(entry) });
			});
			await stream.writeSSE({ event: 'hello', data: JSON.stringify(clockJson(sandbox)) });
			await new Promise<void>((resolve) => stream.onAbort(resolve));
			stopChanges();
			stopJournal();
		}),
	);

	control.route('/page', pageControl(sandbox));

	return control;
}

function clockJson(sandbox: ShownSandbox): { now: string; epochMs: number; frozen: boolean } {
	const epochMs = sandbox.clock.now();
	return { now: new Date(epochMs).toISOString(), epochMs, frozen: sandbox.clock.isFrozen };
}
