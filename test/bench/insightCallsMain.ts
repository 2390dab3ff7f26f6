import { measureInsights } from './insightCalls';

/** Counts the Xero calls of each operation of Xero Insights and prints them as one line of JSON. */
async function main(): Promise<void> {
	const figures = [...(await measureInsights(1_000)), ...(await measureInsights(10_000))];
	process.stdout.write(`${JSON.stringify(figures)}\n`);
}

void main();
