import type { CodeList } from './code-list.js';

interface Category {
  readonly says: string;
  /** The kind of aid in the Kiel Institute's Ukraine Support Tracker; null where it counts none such. */
  readonly kiel: 'military' | 'financial' | 'humanitarian' | null;
  /** Purpose code of the OECD DAC's Creditor Reporting System; null where it is no official development assistance. */
  readonly dac: string | null;
}

const of = (kiel: Category['kiel'], dac: string | null, says: string): Category => ({ says, kiel, dac });

/**
 * What a promise is for, in two levels. The crosswalk gives the nearest class of two other systems, so that our sums can
 * be laid beside theirs; it is not their own assignment of any single promise.
 */
export const CATEGORY_LIST = {
  military: of('military', null, 'Military aid that no source divides further.'),
  'military/armour': of('military', null, 'Tanks, armoured vehicles and their support.'),
  'military/artillery': of('military', null, 'Guns, howitzers, mortars and rocket artillery.'),
  'military/ammunition': of('military', null, 'Ammunition of any calibre, and its production for Ukraine.'),
  'military/drones': of('military', null, 'Unmanned aircraft, their cameras and parts, and counter-drone means.'),
  'military/personal-equipment': of(
    'military',
    null,
    'What a soldier wears and carries, but for arms: clothing, armour, rations.',
  ),
  'military/air-defence': of('military', null, 'Systems, missiles and radars against aircraft, missiles and drones.'),
  'military/anti-tank': of('military', null, 'Weapons against armoured vehicles.'),
  'military/small-arms': of('military', null, 'Rifles, machine guns, pistols, and their sights.'),
  'military/aviation': of('military', null, 'Crewed aircraft and helicopters, their arms, upkeep and crews.'),
  'military/missiles': of('military', null, 'Missiles and rockets that are no air defence.'),
  'military/intelligence': of(
    'military',
    null,
    'Satellite images, reconnaissance, communications and data for military use.',
  ),
  'military/procurement-pool': of(
    'military',
    null,
    'Money paid into a common purchase of arms, such as the PURL list or a NATO fund.',
  ),
  'military/capability-coalition': of(
    'military',
    null,
    'Money or goods given through a coalition for one capability, such as drones or information technology.',
  ),
  'military/training': of(
    'military',
    null,
    'Training of Ukrainian forces, as a sum or a promise; a mission is a measure.',
  ),
  'military/mixed': of('military', null, 'Several kinds of military goods that one sum covers together.'),
  financial: of('financial', '51010', 'Money for the state that no source divides further.'),
  'financial/budget-support': of('financial', '51010', 'Money for the general budget of Ukraine.'),
  'financial/reconstruction': of('financial', '43010', 'Money to rebuild, given to the state or through a fund.'),
  'financial/debt-service': of('financial', '60040', 'Debt service that is put off or forgiven.'),
  humanitarian: of('humanitarian', '72010', 'Help for people in need that no source divides further.'),
  'humanitarian/relief': of('humanitarian', '72010', 'Shelter, medicine, water and other relief.'),
  'humanitarian/food': of('humanitarian', '72040', 'Food for people in need, in Ukraine or by its grain elsewhere.'),
  'humanitarian/mixed': of('humanitarian', '72010', 'Several kinds of humanitarian help that one sum covers together.'),
  development: of(null, '43010', 'Development that no source divides further.'),
  'development/governance': of(null, '15110', 'Public administration, courts, rights, media and civil society.'),
  'development/economic': of(null, '25010', 'Business, trade, work and skills.'),
  'development/elections': of(null, '15151', 'Elections and their observation.'),
  'development/agriculture': of(null, '31120', 'Farming, storage of grain, and their markets.'),
  energy: of('humanitarian', '23110', 'Energy that no source divides further.'),
  'energy/nuclear-safety': of(null, '23510', 'Safety of nuclear plants, Chornobyl among them, and their fuel.'),
  'energy/supply': of('humanitarian', '23630', 'Electricity, gas and heat: equipment, repair, purchases.'),
  security: of(null, '15210', 'Security that is not military aid and that no source divides further.'),
  'security/demining': of('humanitarian', '15250', 'Removal of mines and explosive remnants.'),
  'security/police': of(null, '15132', 'Police and border guards: training, equipment, missions.'),
  'security/nuclear': of(null, null, 'Nuclear arms, materials and disarmament.'),
  'security/cyber': of(null, null, 'Defence of networks and data.'),
  'security/accountability': of(null, '15130', 'Investigation and prosecution of crimes of the war.'),
  'security/mixed': of(null, '15210', 'Several kinds of security help that one sum covers together.'),
  mixed: of(null, '43010', 'Kinds of help of several first levels that one sum covers together.'),
} as const satisfies CodeList;
