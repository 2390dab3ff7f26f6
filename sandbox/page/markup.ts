/** The page's skeleton; the script fills it. */
export const markup = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox: Knack and Xero side by side</title>
<link rel="stylesheet" href="/page.css">
</head>
<body>
<header class="top">
	<div>
		<h1>Knack <span class="arrow" aria-hidden="true">⇄</span> Xero <span class="pill">sandbox</span></h1>
		<p class="lead">Complete an order on the left, watch the invoice appear on the right.</p>
		<p id="links" class="lead links" hidden></p>
	</div>
	<div class="tools">
		<div class="clock" title="The sandbox's own clock. Both sides go by it.">
			<span class="label">Sandbox time</span>
			<strong id="clock">…</strong>
		</div>
		<button type="button" data-advance="3600000" title="Move the sandbox's clock">+1 hour</button>
		<button type="button" data-advance="86400000" title="Move the sandbox's clock">+1 day</button>
		<button type="button" id="values">Connect a workflow</button>
		<button type="button" id="reset">Start over</button>
		<span id="live" class="live" role="status">connecting…</span>
	</div>
</header>
<main>
	<section class="side knack" aria-labelledby="knack-title">
		<div class="side-head">
			<h2 id="knack-title"><span class="mark" aria-hidden="true">K</span> <span id="knack-name">Knack</span></h2>
			<button type="button" id="new-order" class="primary">New order</button>
		</div>
		<div id="knack-tabs" class="tabs" role="tablist" aria-label="Knack tables"></div>
		<div id="knack-body" class="body" role="tabpanel" tabindex="0"></div>
	</section>
	<section class="side xero" aria-labelledby="xero-title">
		<div class="side-head">
			<h2 id="xero-title"><span class="mark" aria-hidden="true">X</span> <span id="xero-name">Xero</span></h2>
			<span id="xero-totals" class="totals"></span>
		</div>
		<div id="xero-tabs" class="tabs" role="tablist" aria-label="Xero ledger"></div>
		<div id="xero-body" class="body" role="tabpanel" tabindex="0"></div>
	</section>
</main>
<footer class="strip">
	<details>
		<summary>Requests to Knack and Xero</summary>
		<div id="counts" class="counts"></div>
		<ol id="requests" class="requests" aria-label="The latest requests" tabindex="0"></ol>
	</details>
</footer>
<dialog id="dialog" aria-labelledby="dialog-title"></dialog>
<div id="toast" class="toast" role="alert" hidden></div>
<script src="/page.js"></script>
</body>
</html>
`;
