import { html } from 'hono/html';

type Page = ReturnType<typeof html>;

/** Stand-in for Xero's consent page: what the app asks for, and which organisation to give it. */
export function consentPage(
	appName: string,
	scopes: readonly string[],
	organisations: readonly { readonly tenantId: string; readonly name: string }[],
	request: URLSearchParams,
): Page {
	const carried = [...request].filter(([name]) => name !== 'tenantId' && name !== 'decision');
	return page(
		'Allow access',
		html`<h1>${appName} wants access to</h1>
			<form method="post">
				${carried.map(
					([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
				)}
				${organisations.map(
					({ tenantId, name }, index) =>
						html`<label
							><input
								type="checkbox"
								name="tenantId"
								value="${tenantId}"
								${index === 0 ? 'checked' : ''}
							/>
							${name}</label
						>`,
				)}
				<details open>
					<summary>It will be able to use</summary>
					<ul>
						${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
					</ul>
				</details>
				<button name="decision" value="allow">Allow access</button>
				<button name="decision" value="cancel" class="quiet">Cancel</button>
			</form>`,
	);
}

/** Xero shows these on its own page: it will not redirect to an address it does not trust. */
export function refusalPage(reason: string): Page {
	return page(
		'Sorry, something went wrong',
		html`<h1>Sorry, something went wrong</h1>
			<p>Error: ${reason}</p>`,
	);
}

function page(title: string, body: Page): Page {
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>${title} - Xero sandbox</title>
				<style>
					:root {
						color-scheme: light dark;
						font:
							16px/1.5 system-ui,
							sans-serif;
					}
					body {
						max-width: 30rem;
						margin: 3rem auto;
						padding: 0 1rem;
					}
					h1 {
						font-size: 1.3rem;
					}
					label,
					button {
						display: block;
						margin: 0.6rem 0;
					}
					button {
						width: 100%;
						padding: 0.7rem;
						border: 0;
						border-radius: 6px;
						font: inherit;
						background: #1371c8;
						color: #fff;
						cursor: pointer;
					}
					button.quiet {
						background: transparent;
						color: inherit;
					}
					small {
						opacity: 0.7;
					}
				</style>
			</head>
			<body>
				<small>Sandbox: this is not Xero, and nothing leaves this computer.</small>
				${body}
			</body>
		</html>`;
}
