import { xeroInMemory } from '../../support/xeroInMemory';
import { Random } from '../random';
import { parsers } from './parsers';
import { allPlainShapes, randomShape, textOfShape, shapeInWords } from './shapes';
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1000; };
void (async () => {
	const { settings } = await xeroInMemory();
	const random = new Random(Number(process.argv[2] ?? 1));
	const n = Number(process.argv[3] ?? 200);
	const shapes = [...allPlainShapes(), ...Array.from({ length: n }, () => randomShape(random))];
	const big = 60_000, small = 8_000;
	for (const p of parsers(settings)) {
		const found: Array<[number, string]> = [];
		for (const s of shapes) {
			{ const q = textOfShape(s, small); const t9 = cpu(); try { p.read(q); } catch {} if (cpu() - t9 > 80) { found.push([cpu() - t9, shapeInWords(s) + " at 8k"]); continue; } }
			const text = textOfShape(s, big);
			const t0 = cpu();
			try { p.read(text); } catch (e) { found.push([99999, shapeInWords(s) + ' THROWS ' + String(e).slice(0, 80)]); continue; }
			const t = cpu() - t0;
			if (t > 25) { const t1 = cpu(); try { p.read(text + '1'); } catch {} found.push([Math.min(t, cpu() - t1), shapeInWords(s)]); }
		}
		found.sort((a, b) => b[0] - a[0]);
		const bad = found.filter(([t]) => t > 25);
		if (bad.length) console.log(p.name, bad.length, bad.slice(0, 3).map(([t, w]) => `${t.toFixed(0)}ms ${w}`).join(' || '));
	}
	console.log('done');
})();
