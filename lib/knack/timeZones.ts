import { foldText } from '../foldText';
import { DateTime, IANAZone } from '../vendor/luxon';

/**
 * Knack stores an app's time zone as a label in the style of Rails ("Central Time (US & Canada)",
 * api.rubyonrails.org, ActiveSupport::TimeZone) with offsets beside it.
 */
const ZONE_BY_LABEL: Readonly<Record<string, string>> = {
	'international date line west': 'Etc/GMT+12',
	'midway island': 'Pacific/Midway',
	'american samoa': 'Pacific/Pago_Pago',
	samoa: 'Pacific/Apia',
	hawaii: 'Pacific/Honolulu',
	alaska: 'America/Anchorage',
	'pacific time (us & canada)': 'America/Los_Angeles',
	'baja california': 'America/Tijuana',
	tijuana: 'America/Tijuana',
	'mountain time (us & canada)': 'America/Denver',
	arizona: 'America/Phoenix',
	chihuahua: 'America/Chihuahua',
	mazatlan: 'America/Mazatlan',
	'central time (us & canada)': 'America/Chicago',
	saskatchewan: 'America/Regina',
	guadalajara: 'America/Mexico_City',
	'mexico city': 'America/Mexico_City',
	monterrey: 'America/Monterrey',
	'central america': 'America/Guatemala',
	'eastern time (us & canada)': 'America/New_York',
	'indiana (east)': 'America/Indiana/Indianapolis',
	bogota: 'America/Bogota',
	lima: 'America/Lima',
	quito: 'America/Guayaquil',
	'atlantic time (canada)': 'America/Halifax',
	caracas: 'America/Caracas',
	'la paz': 'America/La_Paz',
	santiago: 'America/Santiago',
	asuncion: 'America/Asuncion',
	newfoundland: 'America/St_Johns',
	brasilia: 'America/Sao_Paulo',
	'buenos aires': 'America/Argentina/Buenos_Aires',
	montevideo: 'America/Montevideo',
	georgetown: 'America/Guyana',
	'puerto rico': 'America/Puerto_Rico',
	greenland: 'America/Nuuk',
	'mid-atlantic': 'Atlantic/South_Georgia',
	azores: 'Atlantic/Azores',
	'cape verde is.': 'Atlantic/Cape_Verde',
	dublin: 'Europe/Dublin',
	edinburgh: 'Europe/London',
	lisbon: 'Europe/Lisbon',
	london: 'Europe/London',
	casablanca: 'Africa/Casablanca',
	monrovia: 'Africa/Monrovia',
	utc: 'Etc/UTC',
	'greenwich mean time': 'Etc/UTC',
	belgrade: 'Europe/Belgrade',
	bratislava: 'Europe/Bratislava',
	budapest: 'Europe/Budapest',
	ljubljana: 'Europe/Ljubljana',
	prague: 'Europe/Prague',
	sarajevo: 'Europe/Sarajevo',
	skopje: 'Europe/Skopje',
	warsaw: 'Europe/Warsaw',
	zagreb: 'Europe/Zagreb',
	brussels: 'Europe/Brussels',
	copenhagen: 'Europe/Copenhagen',
	madrid: 'Europe/Madrid',
	paris: 'Europe/Paris',
	amsterdam: 'Europe/Amsterdam',
	berlin: 'Europe/Berlin',
	bern: 'Europe/Zurich',
	zurich: 'Europe/Zurich',
	rome: 'Europe/Rome',
	stockholm: 'Europe/Stockholm',
	vienna: 'Europe/Vienna',
	'west central africa': 'Africa/Lagos',
	bucharest: 'Europe/Bucharest',
	cairo: 'Africa/Cairo',
	helsinki: 'Europe/Helsinki',
	kyiv: 'Europe/Kyiv',
	kyev: 'Europe/Kyiv',
	riga: 'Europe/Riga',
	sofia: 'Europe/Sofia',
	tallinn: 'Europe/Tallinn',
	vilnius: 'Europe/Vilnius',
	athens: 'Europe/Athens',
	istanbul: 'Europe/Istanbul',
	minsk: 'Europe/Minsk',
	jerusalem: 'Asia/Jerusalem',
	harare: 'Africa/Harare',
	pretoria: 'Africa/Johannesburg',
	kaliningrad: 'Europe/Kaliningrad',
	moscow: 'Europe/Moscow',
	'st. petersburg': 'Europe/Moscow',
	volgograd: 'Europe/Volgograd',
	samara: 'Europe/Samara',
	kuwait: 'Asia/Kuwait',
	riyadh: 'Asia/Riyadh',
	nairobi: 'Africa/Nairobi',
	baghdad: 'Asia/Baghdad',
	tehran: 'Asia/Tehran',
	'abu dhabi': 'Asia/Dubai',
	muscat: 'Asia/Muscat',
	baku: 'Asia/Baku',
	tbilisi: 'Asia/Tbilisi',
	yerevan: 'Asia/Yerevan',
	kabul: 'Asia/Kabul',
	ekaterinburg: 'Asia/Yekaterinburg',
	islamabad: 'Asia/Karachi',
	karachi: 'Asia/Karachi',
	tashkent: 'Asia/Tashkent',
	chennai: 'Asia/Kolkata',
	kolkata: 'Asia/Kolkata',
	mumbai: 'Asia/Kolkata',
	'new delhi': 'Asia/Kolkata',
	kathmandu: 'Asia/Kathmandu',
	astana: 'Asia/Almaty',
	almaty: 'Asia/Almaty',
	dhaka: 'Asia/Dhaka',
	'sri jayawardenepura': 'Asia/Colombo',
	novosibirsk: 'Asia/Novosibirsk',
	omsk: 'Asia/Omsk',
	rangoon: 'Asia/Yangon',
	bangkok: 'Asia/Bangkok',
	hanoi: 'Asia/Ho_Chi_Minh',
	jakarta: 'Asia/Jakarta',
	krasnoyarsk: 'Asia/Krasnoyarsk',
	beijing: 'Asia/Shanghai',
	chongqing: 'Asia/Shanghai',
	'hong kong': 'Asia/Hong_Kong',
	urumqi: 'Asia/Urumqi',
	'kuala lumpur': 'Asia/Kuala_Lumpur',
	singapore: 'Asia/Singapore',
	taipei: 'Asia/Taipei',
	perth: 'Australia/Perth',
	irkutsk: 'Asia/Irkutsk',
	ulaanbaatar: 'Asia/Ulaanbaatar',
	'ulaan bataar': 'Asia/Ulaanbaatar',
	seoul: 'Asia/Seoul',
	osaka: 'Asia/Tokyo',
	sapporo: 'Asia/Tokyo',
	tokyo: 'Asia/Tokyo',
	yakutsk: 'Asia/Yakutsk',
	darwin: 'Australia/Darwin',
	adelaide: 'Australia/Adelaide',
	canberra: 'Australia/Sydney',
	melbourne: 'Australia/Melbourne',
	sydney: 'Australia/Sydney',
	brisbane: 'Australia/Brisbane',
	hobart: 'Australia/Hobart',
	vladivostok: 'Asia/Vladivostok',
	guam: 'Pacific/Guam',
	'port moresby': 'Pacific/Port_Moresby',
	magadan: 'Asia/Magadan',
	srednekolymsk: 'Asia/Srednekolymsk',
	'solomon is.': 'Pacific/Guadalcanal',
	'new caledonia': 'Pacific/Noumea',
	fiji: 'Pacific/Fiji',
	kamchatka: 'Asia/Kamchatka',
	'marshall is.': 'Pacific/Majuro',
	auckland: 'Pacific/Auckland',
	wellington: 'Pacific/Auckland',
	"nuku'alofa": 'Pacific/Tongatapu',
	'tokelau is.': 'Pacific/Fakaofo',
	'chatham is.': 'Pacific/Chatham',
};

/** What an app's settings say about its time zone. */
export interface ZoneSettings {
	/** "Central Time (US & Canada)", or an IANA name. */
	readonly label?: string;
	/** Seconds from UTC without daylight saving, such as "-21600". */
	readonly offset?: string | number;
	/** Seconds that the clock is put on in summer, "0" where it is not. */
	readonly summerOffset?: string | number;
}

export function isTimeZone(name: string): boolean {
	return IANAZone.isValidZone(name);
}

/**
 * The IANA zone of an app: by its label; else a zone with its offsets, in winter and in summer; else
 * UTC. A label like "(GMT-06:00) Central Time (US & Canada)" is read without its prefix, and one of
 * several cities (recorded: "Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London") by the first
 * that is known.
 */
export function zoneOfApp({ label, offset, summerOffset }: ZoneSettings): string {
	const text = (label ?? '').trim();
	if (text !== '' && isTimeZone(text)) return text;
	const name = foldText(text).replace(/^\((?:gmt|utc)[^)]*\) ?/, '');
	const cities = name.slice(name.indexOf(':') + 1).split(',');
	const known = [name, ...cities].map((each) => ZONE_BY_LABEL[each.trim()]).find(Boolean);
	return known ?? zoneOfOffset(secondsOf(offset), secondsOf(summerOffset));
}

/** A zone's offsets from UTC in winter and in summer, in seconds; both are the same where none is kept. */
function offsetsOf(zone: string): { readonly standard: number; readonly summer: number } {
	const [january = 0, july = 0] = [1, 7].map(
		(month) => DateTime.utc(2026, month, 1).setZone(zone).offset * 60,
	);
	return { standard: Math.min(january, july), summer: Math.max(january, july) };
}

function secondsOf(seconds: string | number | undefined): number {
	const number = Number(seconds ?? 0);
	return Number.isFinite(number) ? number : 0;
}

function zoneOfOffset(seconds: number, summerSeconds: number): string {
	if (summerSeconds !== 0) {
		const zones = [...new Set(Object.values(ZONE_BY_LABEL))];
		const fitting = zones.find((zone) => {
			const { standard, summer } = offsetsOf(zone);
			return standard === seconds && summer - standard === summerSeconds;
		});
		if (fitting !== undefined) return fitting;
	}
	if (seconds === 0) return 'Etc/UTC';
	const minutes = Math.round(seconds / 60);
	const name = `UTC${minutes < 0 ? '-' : '+'}${Math.floor(Math.abs(minutes) / 60)}:${String(
		Math.abs(minutes) % 60,
	).padStart(2, '0')}`;
	return DateTime.utc().setZone(name).isValid ? name : 'Etc/UTC';
}
