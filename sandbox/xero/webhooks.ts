import { createHmac } from 'node:crypto';

import type { Ids } from '../core/ids';
import type { Journal } from '../core/journal';

import type { LedgerChange } from './ledger';
import { eventFor, type WebhookEvent } from './webhookQueue';
import type { WebhookRegistration, World } from './world';

const RETRY_MS = 15 * 60_000;
const GIVE_UP_MS = 24 * 60 * 60_000;
const ANSWER_WITHIN_MS = 5_000;

/** Sends one delivery; tests may hand in their own. Rejects when there was no answer. */
export type Deliver = (
	url: string,
	request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
) => Promise<{ readonly status: number }>;

/** What can go wrong with deliveries on their way. */
export interface WebhookFaults {
	/** Sends every delivery so many times. */
	readonly copies: number;
	/** Loses this many of the next deliveries. */
	readonly dropNext: number;
	/** Hands the events of one delivery over in the opposite order. */
	readonly shuffle: boolean;
	/** Signs this many of the next deliveries with another key. */
	readonly wrongSignatureNext: number;
	/** Holds events back until `release`. */
	readonly paused: boolean;
	/** Sends each event on its own. */
	readonly oneByOne: boolean;
}

export const NO_WEBHOOK_FAULTS: WebhookFaults = {
	copies: 1,
	dropNext: 0,
	shuffle: false,
	wrongSignatureNext: 0,
	paused: false,
	oneByOne: false,
};

interface Delivery {
	readonly events: readonly WebhookEvent[];
	readonly firstSequence: number;
	readonly startedMs: number;
	dueMs: number;
	attempts: number;
}

/**
 * The sender of webhooks: signed, at least once, one delivery at a time, tried again at once and
 * then every 15 minutes for 24 hours, after which the webhook is disabled.
 */
export class Webhooks {
	faults: WebhookFaults = NO_WEBHOOK_FAULTS;
	private pending: WebhookEvent[] = [];
	private deliveries: Delivery[] = [];
	private sequence = 1;
	private running: Promise<void> = Promise.resolve();
	private scheduled = false;

	constructor(
		private readonly world: World,
		private readonly ids: Ids,
		private readonly deliver: Deliver = deliverByHttp,
		private readonly journal?: Journal,
	) {
		world.clock.onAdvance(() => this.schedule());
	}

	/** Sets the one address and key an app has for all organisations; events flow once it is proven. */
	async register(
		url: string,
		key: string,
		categories: readonly string[] = ['CONTACT', 'INVOICE', 'CREDITNOTE', 'PAYMENT'],
	): Promise<WebhookRegistration> {
		this.world.webhook.set({ url, key, categories, status: 'pending' });
		return await this.proveIntent();
	}

	/** Intent to receive: properly and wrongly signed posts, all of which have to be answered rightly. */
	async proveIntent(): Promise<WebhookRegistration> {
		const registration = this.world.webhook.value;
		if (!registration) throw new Error('No webhook is registered.');
		const wrongKey = `${registration.key}-wrong`;
		let proven = true;
		for (const key of [registration.key, wrongKey, wrongKey, registration.key]) {
			const body = this.body([], 0);
			const status = await this.post(registration.url, body, key);
			const expected = key === registration.key ? status >= 200 && status < 300 : status === 401;
			if (!expected) proven = false;
		}
		const proved: WebhookRegistration = {
			...registration,
			status: proven ? 'active' : 'pending',
		};
		this.world.webhook.set(proved);
		this.schedule();
		return proved;
	}

	unregister(): void {
		this.world.webhook.set(undefined);
		this.forget();
	}

	/** Forgets what waits to be sent. */
	forget(): void {
		this.pending = [];
		this.deliveries = [];
	}

	note(change: LedgerChange): void {
		const registration = this.world.webhook.value;
		const ledger = this.world.ledger(change.tenantId);
		if (!registration || !ledger) return;
		const settings = this.world.settings.value;
		if (change.because === 'payment' && !settings.invoiceEventOnPayment) return;
		const event = eventFor(ledger, change, settings, this.world.now());
		if (!event || !registration.categories.includes(event.eventCategory)) return;
		const repeated = this.pending.some(
			(held) => held.resourceId === event.resourceId && held.eventType === event.eventType,
		);
		if (!repeated) this.pending.push(event);
		this.schedule();
	}

	/** What waits: events not yet sent, and deliveries to be tried again. */
	waiting(): { readonly events: number; readonly retries: number } {
		return { events: this.pending.length, retries: this.deliveries.length };
	}

	/** Sends all that is due now and waits for the answers. */
	async flush(): Promise<void> {
		this.scheduled = false;
		this.running = this.running.then(() => this.sendDue());
		await this.running;
	}

	private schedule(): void {
		if (this.scheduled || !this.world.webhook.value) return;
		if (this.pending.length === 0 && this.deliveries.length === 0) return;
		this.scheduled = true;
		// After the request that caused the event has been answered, as with Xero.
		setImmediate(() => {
			if (this.scheduled) void this.flush();
		});
	}

	private async sendDue(): Promise<void> {
		const registration = this.world.webhook.value;
		if (!registration || registration.status !== 'active' || this.faults.paused) return;
		this.gather();
		const now = this.world.now();
		for (const delivery of this.deliveries.filter((one) => one.dueMs <= now)) {
			await this.attempt(delivery);
		}
	}

	private gather(): void {
		const events = this.pending;
		this.pending = [];
		const groups = this.faults.oneByOne ? events.map((event) => [event]) : [events];
		const ordered = this.faults.shuffle ? groups.reverse() : groups;
		for (const group of ordered) {
			if (group.length === 0) continue;
			const firstSequence = this.sequence;
			this.sequence += group.length;
			if (this.faults.dropNext > 0) {
				this.faults = { ...this.faults, dropNext: this.faults.dropNext - 1 };
				continue;
			}
			const now = this.world.now();
			const inOrder = this.faults.shuffle ? [...group].reverse() : group;
			for (let copy = 0; copy < this.faults.copies; copy += 1) {
				this.deliveries.push({
					events: inOrder,
					firstSequence,
					startedMs: now,
					dueMs: now,
					attempts: 0,
				});
			}
		}
	}

	private async attempt(delivery: Delivery): Promise<void> {
		const registration = this.world.webhook.value;
		if (!registration) return;
		let key = registration.key;
		if (this.faults.wrongSignatureNext > 0) {
			key = `${key}-wrong`;
			this.faults = { ...this.faults, wrongSignatureNext: this.faults.wrongSignatureNext - 1 };
		}
		const body = this.body(delivery.events, delivery.firstSequence);
		const status = await this.post(registration.url, body, key);
		if (status >= 200 && status < 300) {
			this.deliveries = this.deliveries.filter((one) => one !== delivery);
			return;
		}
		delivery.attempts += 1;
		const now = this.world.now();
		if (now - delivery.startedMs >= GIVE_UP_MS) {
			this.deliveries = [];
			this.world.webhook.set({ ...registration, status: 'disabled' });
		} else if (delivery.attempts === 1) {
			await this.attempt(delivery);
		} else {
			delivery.dueMs = now + RETRY_MS;
		}
	}

	private body(events: readonly WebhookEvent[], firstSequence: number): string {
		return JSON.stringify({
			events,
			firstEventSequence: firstSequence,
			lastEventSequence: events.length === 0 ? 0 : firstSequence + events.length - 1,
			entropy: this.ids.token().slice(0, 20).toUpperCase(),
		});
	}

	/** @returns the status, or 0 when there was no answer in five seconds */
	private async post(url: string, body: string, key: string): Promise<number> {
		const startedMs = Date.now();
		let status = 0;
		try {
			const answer = await this.deliver(url, {
				body,
				headers: {
					'Content-Type': 'application/json; charset=utf-8',
					'x-xero-signature': createHmac('sha256', key).update(body).digest('base64'),
					'User-Agent': 'Xero-Webhook/2.0',
				},
			});
			status = answer.status;
		} catch {
			status = 0;
		}
		this.journal?.record({
			service: 'webhook',
			method: 'POST',
			path: new URL(url).pathname,
			requestText: body,
			requestType: 'application/json',
			status,
			durationMs: Date.now() - startedMs,
		});
		return status;
	}
}

const deliverByHttp: Deliver = async (url, request) => {
	const response = await fetch(url, {
		method: 'POST',
		headers: request.headers,
		body: request.body,
		redirect: 'manual',
		signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
	});
	return { status: response.status };
};
