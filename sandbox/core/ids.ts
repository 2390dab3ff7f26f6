/**
 * Seeded and repeatable identifiers: the same calls in the same order give the same ids, so a
 * failing test can be read again and a demo always shows the same records.
 */
export class Ids {
	private state: number;

	private counter = 0;

	constructor(private readonly seed = 20261122) {
		this.state = seed >>> 0;
	}

	/** A version 4 GUID in lower case. */
	guid(): string {
		const hex = this.hex(32);
		const variant = '89ab'.charAt(this.next() & 3);
		return [
			hex.slice(0, 8),
			hex.slice(8, 12),
			`4${hex.slice(13, 16)}`,
			`${variant}${hex.slice(17, 20)}`,
			hex.slice(20, 32),
		].join('-');
	}

	/**
	 * A Mongo ObjectId: 24 hex characters, of which the first 8 are the UTC second of creation and
	 * the last 6 a counter, so that ids made later sort later.
	 */
	objectId(atMs: number): string {
		this.counter = (this.counter + 1) & 0xffffff;
		const seconds = Math.floor(atMs / 1000) >>> 0;
		return `${toHex(seconds, 8)}9a3b4e0012${toHex(this.counter, 6)}`;
	}

	/** 43 characters of base64url, as an opaque secret looks. */
	token(): string {
		const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
		let token = '';
		while (token.length < 43) token += alphabet.charAt(this.next() & 63);
		return token;
	}

	reset(): void {
		this.state = this.seed >>> 0;
		this.counter = 0;
	}

	snapshot(): readonly [state: number, counter: number] {
		return [this.state, this.counter];
	}

	restore(snapshot: readonly [state: number, counter: number]): void {
		[this.state, this.counter] = snapshot;
	}

	private hex(length: number): string {
		let hex = '';
		while (hex.length < length) hex += toHex(this.next(), 8);
		return hex.slice(0, length);
	}

	/** splitmix32: 32 well-mixed bits a call. */
	private next(): number {
		this.state = (this.state + 0x9e3779b9) >>> 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return (mixed ^ (mixed >>> 15)) >>> 0;
	}
}

function toHex(value: number, digits: number): string {
	return value.toString(16).padStart(digits, '0').slice(-digits);
}
