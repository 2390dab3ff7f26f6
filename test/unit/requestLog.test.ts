import type { HttpOutcome, HttpRequest } from '../../lib/http';
import { logRequests } from '../../lib/n8n/requestLog';
import { LIVE_XERO } from '../../lib/xero/urls';
import { createXeroClient } from '../../lib/xero/xeroClient';
import { VirtualClock } from '../support/virtualClock';

type Line = readonly [message: string, facts: unknown];

function logging(answers: readonly HttpOutcome[]) {
	const clock = new VirtualClock();
	const lines: Line[] = [];
	const other = () => {
		throw new Error('Only debug is written to.');
	};
	let sent = 0;
	const port = logRequests(
		async () => {
			const next = answers[Math.min(sent, answers.length - 1)];
			sent += 1;
			await clock.sleep(120);
			return next ?? { kind: 'noAnswer', code: 'NONE', reason: 'no answer' };
		},
		{
			service: 'Xero',
			clock,
			logger: {
				debug: (message, facts) => void lines.push([message, facts]),
				info: other,
				warn: other,
				error: other,
			},
		},
	);
	return { clock, port, lines };
}

const answer = (status: number, headers: Record<string, string> = {}): HttpOutcome => ({
	kind: 'answer',
	status,
	headers,
	body: { secret: 'body of an answer' },
});

describe('The line of a request in n8n’s log', () => {
	it('tells method, path, status, time, try and calls left', async () => {
		const left = { 'x-minlimit-remaining': '58', 'x-daylimit-remaining': '4321' };
		const { clock, port, lines } = logging([answer(503), answer(200, left)]);
		const client = createXeroClient({
			clock,
			http: port,
			organisationId: 'tenant-1',
			urls: LIVE_XERO,
		});
		await clock.run(client.read({ path: '/Invoices', query: { page: '1', where: 'Type=="X"' } }));
		expect(lines).toEqual([
			['Xero: GET /api.xro/2.0/Invoices 503', expect.objectContaining({ attempt: 1, status: 503 })],
			[
				'Xero: GET /api.xro/2.0/Invoices 200',
				{
					service: 'Xero',
					method: 'GET',
					path: '/api.xro/2.0/Invoices',
					asks: 'page,where',
					status: 200,
					milliseconds: 120,
					attempt: 2,
					minuteLeft: 58,
					xeroDayLeft: 4_321,
				},
			],
		]);
	});

	it.each([
		[{ kind: 'noAnswer', code: 'ECONNRESET', reason: 'key 4f3c' } as const, 'ECONNRESET'],
		[{ kind: 'notSigned', reason: 'invalid_grant: refresh-token-9' } as const, 'not signed'],
		[answer(200, { authorization: 'Bearer token-1' }), 200],
	])('holds nothing that is secret or a person’s: %j', async (outcome, status) => {
		const { clock, port, lines } = logging([outcome]);
		const request: HttpRequest = {
			method: 'PUT',
			url: 'https://api.xero.com/api.xro/2.0/PurchaseOrders/Jane%20Doe-17?token=token-2',
			query: { searchTerm: 'jane@example.com' },
			headers: { authorization: 'Bearer token-3', 'x-knack-rest-api-key': 'key-4' },
			body: { Name: 'Jane Doe' },
		};
		await clock.run(port(request));
		expect(lines).toEqual([
			[
				`Xero: PUT /api.xro/2.0/PurchaseOrders/… ${status}`,
				{
					service: 'Xero',
					method: 'PUT',
					path: '/api.xro/2.0/PurchaseOrders/…',
					asks: 'searchTerm',
					status,
					milliseconds: 120,
					attempt: 1,
				},
			],
		]);
	});

	it('keeps ids, by which a document or record can be found', async () => {
		const { clock, port, lines } = logging([answer(200)]);
		for (const path of [
			'/v1/objects/object_12/records/5d7964422d7159001659b27a',
			'/api.xro/2.0/Invoices/c0000000-0000-4000-8000-000000000001/Attachments',
		]) {
			await clock.run(port({ method: 'GET', url: `https://example.com${path}` }));
			expect(lines.at(-1)?.[0]).toBe(`Xero: GET ${path} 200`);
		}
	});
});
