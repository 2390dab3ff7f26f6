/** A Knack app's structure, as far as records need it. Parsed from `GET /applications/{id}`. */
export interface KnackApp {
	readonly id: string;
	readonly name: string;
	readonly slug?: string;
	/** IANA name; Knack stores a Windows-like label and offsets. */
	readonly timeZone: string;
	readonly tables: readonly KnackTable[];
}

export interface KnackTable {
	/** `object_4`. */
	readonly key: string;
	/** "Orders". */
	readonly name: string;
	/** Key of the field that stands for a record in connections. */
	readonly displayField?: string;
	/** `profile_3`: the user role that the table stands for. */
	readonly profileKey?: string;
	readonly fields: readonly KnackField[];
}

export interface KnackField {
	/** `field_23`. */
	readonly key: string;
	/** "Order Number"; may repeat within a table. */
	readonly name: string;
	/** Knack's type name, such as `short_text` or `connection`. */
	readonly type: string;
	readonly required: boolean;
	readonly unique: boolean;
	/** Options of a multiple choice, in order. */
	readonly options?: readonly string[];
	readonly allowsMany?: boolean;
	readonly dateFormat?: string;
	readonly timeFormat?: string;
	readonly connection?: {
		readonly table: string;
		readonly has: 'one' | 'many';
		readonly belongsTo: 'one' | 'many';
		/** Whether the linked table's display field, which stands for its records, shows HTML. */
		readonly hasHtmlLabels?: boolean;
	};
	/** Set for a text formula that is made of HTML, or of fields that show some. */
	readonly isHtml?: boolean;
	/** The field's settings as Knack sent them. */
	readonly format: Readonly<Record<string, unknown>>;
}

/** A record as Knack sends it: `id`, `field_N` and `field_N_raw`. */
export type KnackRecord = Readonly<Record<string, unknown>> & { readonly id: string };
