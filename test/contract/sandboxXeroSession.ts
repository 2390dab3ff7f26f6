import { SandboxClock } from '../../sandbox/core/clock';
import { Ids } from '../../sandbox/core/ids';
import { xeroControl } from '../../sandbox/xero/control';
import { createXeroTwin, DEMO_TRADE_TENANT_ID, type XeroTwin } from '../../sandbox/xero/twin';
import type { Deliver } from '../../sandbox/xero/webhooks';

const NOW = Date.UTC(2026, 10, 22, 10, 0, 0);

export interface Reply {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
	/** The parsed body; an empty object when it was not JSON. */
	readonly json: Shape;
}

/** JSON of unknown form, read by path: `at(json, 'Invoices', 0, 'Total')`. */
type Shape = { [key: string]: unknown };

/** A twin with one signed-in client, and the calls a test makes to it. */
export class Session {
	readonly clock = new SandboxClock(NOW, true);
	readonly twin: XeroTwin;
	readonly control: ReturnType<typeof xeroControl>;
	token: string;

	constructor(deliver?: Deliver) {
		this.twin = createXeroTwin({ clock: this.clock, ids: new Ids(7), deliver });
		this.control = xeroControl(this.twin);
		this.twin.configure({ limitsOn: false });
		this.token = this.twin.signIn().access_token;
	}

	async api(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Reply> {
		return await this.send(method, `/api.xro/2.0${path}`, body, headers);
	}

	async send(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Reply> {
		const sent =
			body === undefined || typeof body === 'string' || body instanceof Uint8Array
				? body
				: JSON.stringify(body);
		const response = await this.twin.app.fetch(
			new Request(`http://xero.test${path}`, {
				method,
				body: sent instanceof Uint8Array ? Uint8Array.from(sent) : sent,
				headers: {
					authorization: `Bearer ${this.token}`,
					'xero-tenant-id': DEMO_TRADE_TENANT_ID,
					accept: 'application/json',
					'content-type': 'application/json',
					...headers,
				},
			}),
		);
		return await read(response);
	}
}

export async function read(response: Response): Promise<Reply> {
	const text = await response.text();
	const isJson = (response.headers.get('content-type') ?? '').includes('json');
	const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : {};
	return {
		status: response.status,
		headers: response.headers,
		text,
		json: Array.isArray(parsed) ? { list: parsed } : (parsed as Shape),
	};
}

/** A member deep inside JSON; undefined when the way there ends early. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
	let here: unknown = value;
	for (const step of path) {
		if (typeof here !== 'object' || here === null) return undefined;
		here = (here as Record<string | number, unknown>)[step];
	}
	return here;
}

export function texts(value: unknown, member = 'Message'): unknown[] {
	return Array.isArray(value) ? value.map((one) => at(one, member)) : [];
}

/** A sales invoice that Xero takes as it is. */
export function salesInvoice(more: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		Type: 'ACCREC',
		Contact: { Name: 'Harbour Cafe' },
		Date: '2026-11-20',
		DueDate: '2026-12-20',
		Status: 'AUTHORISED',
		LineItems: [{ Description: 'Labour', Quantity: 2, UnitAmount: 50, AccountCode: '200' }],
		...more,
	};
}
