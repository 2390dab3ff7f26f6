import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

interface ReceivedMail {
	readonly from: string;
	readonly to: readonly string[];
	readonly subject: string;
	readonly html: string;
	/** Names of the files that came with it. */
	readonly files: readonly string[];
}

/** A mail server on loopback that keeps what it is given, and hands nothing on. */
export interface Mailbox {
	readonly port: number;
	readonly mails: readonly ReceivedMail[];
	/** Refuses the next mails instead. */
	refuseNext(times?: number): void;
	forget(): void;
	stop(): Promise<void>;
}

export async function startMailbox(): Promise<Mailbox> {
	const mails: ReceivedMail[] = [];
	let refusals = 0;
	const take = async (raw: Buffer, to: readonly string[]): Promise<void> => {
		if (refusals > 0) {
			refusals -= 1;
			throw new Error('Planned to fail');
		}
		const { from, subject = '', html = '', attachments } = await PostalMime.parse(raw);
		const files = attachments.map(({ filename }) => filename ?? '');
		mails.push({ from: from?.address ?? '', to, subject, html, files });
	};
	const server = new SMTPServer({
		disabledCommands: ['AUTH', 'STARTTLS'],
		onData: (stream, { envelope }, done) => {
			const to = envelope.rcptTo.map(({ address }) => address);
			buffer(stream)
				.then(async (raw) => await take(raw, to))
				.then(() => done(), done);
		},
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = addressOf(server.server.address());
	return {
		port,
		mails,
		refuseNext: (times = 1) => void (refusals = times),
		forget: () => {
			mails.length = 0;
			refusals = 0;
		},
		stop: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
	};
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
	if (address === null || typeof address === 'string') throw new Error('There is no port');
	return address;
}
