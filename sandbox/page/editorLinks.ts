/** Where to go on in n8n, for somebody who looks at the page. */
export interface EditorLinks {
	/** n8n's list of workflows. */
	readonly url: string;
	readonly signIn: { readonly email: string; readonly password: string };
	readonly workflows: readonly WorkflowLink[];
}

export interface WorkflowLink {
	/** With the example's number in front, by which the documentation calls it. */
	readonly name: string;
	readonly url: string;
	readonly isActive: boolean;
}
