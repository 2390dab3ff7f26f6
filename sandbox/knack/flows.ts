import type { RecordEvent, WriteOrigin } from './recordStore';
import type { RecordJson } from './showRecord';
import type { Flow } from './state';

/** One delivery made: for the journal. */
export interface FlowDelivery {
	flow: Flow;
	body: string;
	status: number;
	durationMs: number;
}

export type Deliver = (request: Request) => Promise<Response>;

/** Writes that Flows do not see. */
const unseen: ReadonlySet<WriteOrigin> = new Set<WriteOrigin>(['batch', 'import', 'task']);

/**
 * Posts to the addresses that an app's Flows name. Deliveries go out at once, one after another;
 * Knack signs nothing, so a builder adds a secret header.
 */
export class FlowSender {
	private queue: Array<{ flow: Flow; body: string }> = [];

	private inFlight = new Set<Promise<void>>();

	constructor(
		public deliver: Deliver,
		private readonly delivered: (delivery: FlowDelivery) => void,
	) {}

	/** Bodies waiting while delivery is held. */
	get held(): readonly string[] {
		return this.queue.map(({ body }) => body);
	}

	/** Sends what the event's Flows ask for. */
	announce(
		event: RecordEvent,
		record: RecordJson,
		how: 'once' | 'twice' | 'never' | 'held',
		transaction: () => void,
	): void {
		if (event.derived || unseen.has(event.origin)) return;
		for (const flow of event.app.flows) {
			if (flow.table !== event.table.schema.key || flow.event !== event.event) continue;
			transaction();
			const body = JSON.stringify(flowBody(flow, record));
			if (how === 'never') continue;
			if (how === 'held') {
				this.queue.push({ flow, body });
				continue;
			}
			this.send(flow, body);
			if (how === 'twice') this.send(flow, body);
		}
	}

	/** Sends what was held, in the order it happened or the other way round. */
	release(order: 'asHappened' | 'reversed' = 'asHappened'): void {
		const waiting = order === 'reversed' ? this.queue.reverse() : this.queue;
		this.queue = [];
		for (const { flow, body } of waiting) this.send(flow, body);
	}

	/** Resolves when every delivery so far has been answered. */
	async settled(): Promise<void> {
		while (this.inFlight.size > 0) await Promise.all(this.inFlight);
	}

	clear(): void {
		this.queue = [];
	}

	private send(flow: Flow, body: string): void {
		const sending = this.post(flow, body).finally(() => {
			this.inFlight.delete(sending);
		});
		this.inFlight.add(sending);
	}

	private async post(flow: Flow, body: string): Promise<void> {
		const started = performance.now();
		let status = 0;
		try {
			const response = await this.deliver(
				new Request(flow.url, {
					method: 'POST',
					headers: { 'content-type': 'application/json', ...flow.headers },
					body,
				}),
			);
			status = response.status;
			await response.arrayBuffer();
		} catch {
			// Nobody listens there; a Flow's step fails and is not tried again.
		}
		this.delivered({ flow, body, status, durationMs: performance.now() - started });
	}
}

const defaultTemplate = {
	event: '{{event}}',
	table: '{{table}}',
	id: '{{record.id}}',
	record: '{{record}}',
};

function flowBody(flow: Flow, record: RecordJson): unknown {
	return filled(flow.bodyTemplate ?? defaultTemplate, flow, record);
}

function filled(template: unknown, flow: Flow, record: RecordJson): unknown {
	if (Array.isArray(template)) return template.map((item) => filled(item, flow, record));
	if (typeof template === 'object' && template !== null) {
		return Object.fromEntries(
			Object.entries(template).map(([key, value]) => [key, filled(value, flow, record)]),
		);
	}
	if (typeof template !== 'string') return template;
	const whole = /^\{\{([^}]+)\}\}$/.exec(template);
	if (whole) return token(whole[1] ?? '', flow, record);
	return template.replace(/\{\{([^}]+)\}\}/g, (_match, name: string) => {
		const value = token(name, flow, record);
		return typeof value === 'string' ? value : JSON.stringify(value ?? '');
	});
}

function token(name: string, flow: Flow, record: RecordJson): unknown {
	const path = name.trim();
	if (path === 'event') return flow.event;
	if (path === 'table') return flow.table;
	if (path === 'record') return record;
	return path.startsWith('record.') ? (record[path.slice('record.'.length)] ?? '') : '';
}
