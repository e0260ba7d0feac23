import type { CodeList } from './code-list.js';

/** What a stance is about. */
export const TOPIC_LIST = {
  'military-aid': { says: 'Whether, and which, arms and training are given.' },
  'financial-aid': { says: 'Whether, and how, money is given.' },
  'peace-process': { says: 'How the war is to end: talks, terms, ceasefires.' },
  'troop-deployment': { says: 'Whether foreign troops go to Ukraine.' },
  sovereignty: { says: "Ukraine's borders and independence." },
  recognition: { says: 'Whether a state, a government or a territory is recognised.' },
  invasion: { says: "Russia's attacks on Ukraine as such." },
  'sanctions-exemption': { says: 'Whether somebody or something is left out of sanctions.' },
  guarantees: { says: 'What is to keep Ukraine safe after the war.' },
  'rule-of-law': { says: 'Courts, corruption, rights.' },
  'no-fly-zone': { says: "Whether others close Ukraine's sky." },
  children: { says: 'Children taken to Russia, and their return.' },
  'nuclear-arms': { says: 'Nuclear arms, and giving them up.' },
  elections: { says: 'Whether and how elections are held.' },
  holodomor: { says: 'The famine of 1932 and 1933, and what it is called.' },
  'frozen-assets': { says: 'What becomes of Russian property that is frozen.' },
  'defence-industry': { says: 'Making arms together.' },
  energy: { says: 'Energy, nuclear plants, oil and gas.' },
  relations: { says: 'How the two countries stand to each other.' },
} as const satisfies CodeList;
