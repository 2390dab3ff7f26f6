import type { FieldSchema } from '../schema';
import type { PartsValue, StoredValue } from '../values';

/** What a codec may ask about the application around a value. */
export interface CodecContext {
	appId: string;
	/** Where this twin is reached, for asset addresses. */
	baseUrl: string;
	/** Display text of a connected record; '' when it is gone. */
	identifierOf(tableKey: string, recordId: string): string;
	/** An uploaded file or image, by its id. */
	asset(id: string): PartsValue | undefined;
	/** Display name of a user role, by its profile key. */
	roleName(profileKey: string): string;
	/** What happens to a choice outside the field's options. */
	unknownChoices: 'store' | 'drop' | 'reject';
}

/** Either the value to keep (undefined for a blank), or why the input is not one. */
type ReadResult = { value: StoredValue | undefined } | { problem: string };

/** How one kind of field is written and shown. Blanks never reach a codec. */
export interface FieldCodec {
	read(input: unknown, field: FieldSchema, context: CodecContext): ReadResult;
	/** `field_N`: what a person sees, often HTML. */
	display(value: StoredValue, field: FieldSchema, context: CodecContext): string | number;
	/** `field_N_raw`. */
	raw(value: StoredValue, field: FieldSchema, context: CodecContext): unknown;
}

export function escapeHtml(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}
