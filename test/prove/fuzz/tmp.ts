import { xeroInMemory } from '../../support/xeroInMemory';
import { measureTimes } from './times';
void (async () => {
	const { settings } = await xeroInMemory();
	const t = Date.now();
	console.log(
		measureTimes(settings, {
			firstSeed: 1,
			shapes: Number(process.argv[2]),
			short: Number(process.argv[3]),
			long: Number(process.argv[4]),
			measured: 2,
		}),
		Date.now() - t,
	);
})();
