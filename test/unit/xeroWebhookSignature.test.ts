import fc from 'fast-check';
import { readWebhookDelivery } from '../../lib/xero/webhookDelivery';
import { isSignedWebhook, webhookSignature } from '../../lib/xero/webhookSignature';

describe("the signature of Xero's webhooks", () => {
	// Test cases 1 and 2 of RFC 4231, which gives them in hexadecimal.
	it.each([
		[
			Buffer.from('Hi There'),
			'\x0b'.repeat(20),
			'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
		],
		[
			Buffer.from('what do ya want for nothing?'),
			'Jefe',
			'5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
		],
	])('is HMAC-SHA256 in base64', (body, key, digest) => {
		const signature = Buffer.from(digest, 'hex').toString('base64');
		expect(webhookSignature(body, key)).toBe(signature);
		expect(isSignedWebhook(body, signature, key)).toBe(true);
	});

	it('holds for the bytes as they came, and for no others', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ minLength: 1 }),
				fc.string({ minLength: 1 }),
				fc.nat(),
				(bytes, key, at) => {
					const body = Buffer.from(bytes);
					const signature = webhookSignature(body, key);
					const changed = Buffer.from(bytes);
					const index = at % changed.length;
					changed[index] = ((changed[index] ?? 0) + 1) % 256;
					expect(isSignedWebhook(body, signature, key)).toBe(true);
					expect(isSignedWebhook(changed, signature, key)).toBe(false);
					expect(isSignedWebhook(body, signature, `${key}x`)).toBe(false);
				},
			),
		);
	});

	it('holds for nobody without a key or a signature', () => {
		const body = Buffer.from('{}');
		expect(isSignedWebhook(body, webhookSignature(body, ''), '')).toBe(false);
		expect(isSignedWebhook(body, undefined, 'key')).toBe(false);
		expect(isSignedWebhook(body, '', 'key')).toBe(false);
		expect(isSignedWebhook(body, 'é'.repeat(44), 'key')).toBe(false);
	});
});

describe('a delivery', () => {
	it('is read with what newer categories add, and its date in UTC', () => {
		const body = Buffer.from(
			JSON.stringify({
				events: [
					{
						resourceUrl: 'https://api.xero.com/api.xro/2.0/CreditNotes/AB',
						resourceId: 'AB',
						tenantId: 'CD',
						tenantType: 'ORGANISATION',
						eventCategory: 'CREDITNOTE',
						eventType: 'Update',
						eventDateUtc: '2026-11-22T11:52:25.123',
						data: { Status: 'PAID' },
					},
					{ eventCategory: 'WITHOUT-ID' },
				],
				firstEventSequence: 3,
				lastEventSequence: 4,
				entropy: 'x',
			}),
		);
		expect(readWebhookDelivery(body)).toEqual({
			events: [
				{
					organisationId: 'cd',
					category: 'CREDITNOTE',
					type: 'UPDATE',
					resourceId: 'ab',
					resourceUrl: 'https://api.xero.com/api.xro/2.0/CreditNotes/AB',
					dateText: '2026-11-22T11:52:25.123',
					atMs: Date.UTC(2026, 10, 22, 11, 52, 25, 123),
					data: { Status: 'PAID' },
				},
			],
			firstSequence: 3,
			lastSequence: 4,
		});
	});

	it('never throws, whatever was signed', () => {
		fc.assert(
			fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
				expect(() => readWebhookDelivery(Buffer.from(text))).not.toThrow();
			}),
		);
		expect(readWebhookDelivery(Buffer.from('[]'))).toBeUndefined();
	});
});
