import { asObject, asText, isParts } from '../values';
import type { PartsValue, StoredValue } from '../values';
import type { CodecContext, FieldCodec } from './fieldCodec';
import { escapeHtml } from './fieldCodec';

/** Where an uploaded file or image is fetched. */
export function assetUrl(asset: PartsValue, context: { appId: string; baseUrl: string }): string {
	const name = encodeURIComponent(String(asset['filename'] ?? ''));
	return `${context.baseUrl}/v1/applications/${context.appId}/download/asset/${String(asset['id'])}/${name}`;
}

function readAsset(input: unknown, context: CodecContext): { value: PartsValue } | undefined {
	const id = asText(asObject(input)?.['id'] ?? input);
	const asset = id === undefined ? undefined : context.asset(id);
	return asset && { value: asset };
}

function rawAsset(value: StoredValue, key: string, context: CodecContext): unknown {
	if (!isParts(value)) return value;
	const url = assetUrl(value, context);
	return {
		id: value['id'],
		application_id: context.appId,
		s3: true,
		type: value['type'],
		filename: value['filename'],
		url,
		thumb_url: value['type'] === 'image' ? url : '',
		size: value['size'],
		field_key: key,
	};
}

/** file: written as the id that the upload answered with. */
export const file: FieldCodec = {
	read: (input, _field, context) =>
		readAsset(input, context) ?? { problem: 'must be an uploaded file' },
	display: (value, field, context) => {
		if (!isParts(value)) return '';
		const name = escapeHtml(String(value['filename'] ?? ''));
		return (
			`<a class="kn-view-asset" data-field-key="${field.key}" data-asset-id="${String(value['id'])}"` +
			` data-file-name="${name}" href="${assetUrl(value, context)}">${name}</a>`
		);
	},
	raw: (value, field, context) => rawAsset(value, field.key, context),
};

/** image: uploaded like a file, or with `source: url` an address that stays plain text. */
export const image: FieldCodec = {
	read: (input, field, context) => {
		if (field.format?.source === 'url') {
			const url = asText(input);
			return url === undefined ? { problem: 'must be an address' } : { value: url };
		}
		return readAsset(input, context) ?? { problem: 'must be an uploaded image' };
	},
	display: (value, _field, context) => {
		const url = isParts(value) ? assetUrl(value, context) : String(value);
		return `<img src="${escapeHtml(url)}" />`;
	},
	raw: (value, field, context) => rawAsset(value, field.key, context),
};
