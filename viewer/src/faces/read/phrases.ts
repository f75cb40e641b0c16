import type { ReportSection, Specialty } from '../../wire/types';

export interface Phrase {
  readonly name: string;
  readonly text: string;
  readonly section?: ReportSection;
}

/** What a phrase leaves open for the reader. */
export const BLANK = '___';

/** Phrases that a `/` offers. Each is a plain text to be checked and changed by the reader. */
const PHRASES: Readonly<Record<Specialty, readonly Phrase[]>> = {
  RADIOLOGY: [
    {
      name: 'normal chest',
      section: 'findings',
      text: 'The lungs are clear. No pleural effusion or pneumothorax. The heart and mediastinum are of normal size and shape. No fracture is seen.',
    },
    {
      name: 'pneumonia',
      section: 'findings',
      text: 'There is an airspace opacity in the ___ lobe, in keeping with pneumonia. No pleural effusion.',
    },
    {
      name: 'tuberculosis',
      section: 'findings',
      text: 'Upper lobe opacities with cavitation, in keeping with active pulmonary tuberculosis. Sputum examination is advised.',
    },
    { name: 'effusion', section: 'findings', text: 'There is a ___ pleural effusion on the ___ side.' },
    {
      name: 'pneumothorax',
      section: 'findings',
      text: 'There is a pneumothorax on the ___ side, ___ mm at the apex, without shift of the mediastinum.',
    },
    {
      name: 'no fracture',
      section: 'findings',
      text: 'No fracture or dislocation is seen. The joint spaces are kept. The soft tissues are normal.',
    },
    {
      name: 'fracture',
      section: 'findings',
      text: 'There is a ___ fracture of the ___, displaced by ___ mm and angulated by ___ degrees. No extension into the joint.',
    },
    { name: 'views', section: 'technique', text: 'Two projections, diagnostic quality.' },
    {
      name: 'one view',
      section: 'technique',
      text: 'One projection. A second one at right angles would add certainty.',
    },
    { name: 'no comparison', section: 'comparison', text: 'No earlier images are available.' },
    { name: 'normal', section: 'impression', text: 'Normal examination.' },
    { name: 'ortho', section: 'recommendation', text: 'Orthopaedic assessment is advised.' },
    {
      name: 'repeat',
      section: 'recommendation',
      text: 'If the pain lasts, repeat the X-ray in 10 to 14 days.',
    },
  ],
  DERMATOLOGY: [
    {
      name: 'eczema',
      section: 'findings',
      text: 'Ill-defined erythematous, scaly patches with excoriations on ___, in keeping with eczema.',
    },
    {
      name: 'psoriasis',
      section: 'findings',
      text: 'Well-defined erythematous plaques with silvery scale on ___, in keeping with psoriasis.',
    },
    {
      name: 'tinea',
      section: 'findings',
      text: 'Annular plaque with a raised scaly edge and central clearing on ___, in keeping with tinea.',
    },
    {
      name: 'scabies',
      section: 'findings',
      text: 'Burrows and excoriated papules in the finger webs and on ___, in keeping with scabies.',
    },
    {
      name: 'naevus',
      section: 'findings',
      text: 'A symmetrical, evenly pigmented lesion of ___ mm with a regular edge, in keeping with a benign melanocytic naevus.',
    },
    {
      name: 'suspicious',
      section: 'findings',
      text: 'An asymmetrical pigmented lesion of ___ mm with an irregular edge and more than one colour.',
    },
    { name: 'photos', section: 'technique', text: 'Clinical photographs, overview and close-up, in focus.' },
    { name: 'melanoma', section: 'impression', text: 'Suspicious for melanoma.' },
    { name: 'benign', section: 'impression', text: 'Benign appearance.' },
    {
      name: 'excision',
      section: 'recommendation',
      text: 'Excision with histology within two weeks is advised.',
    },
    {
      name: 'steroid',
      section: 'recommendation',
      text: 'Topical steroid of medium strength once daily for two weeks, and an emollient; review after that.',
    },
    {
      name: 'household',
      section: 'recommendation',
      text: 'Treat all members of the household at the same time.',
    },
    { name: 'follow up', section: 'recommendation', text: 'New photographs in ___ weeks.' },
  ],
};

/** The phrases for what stands after the `/`: those of this section first, then those of the others. */
export function phrasesFor(specialty: Specialty, section: ReportSection, typed: string): readonly Phrase[] {
  const wanted = typed.toLocaleLowerCase();
  const fitting = PHRASES[specialty].filter((each) => each.name.includes(wanted));
  fitting.sort((left, right) => Number(right.name.startsWith(wanted)) - Number(left.name.startsWith(wanted)));
  const here = fitting.filter((each) => each.section === section);
  return wanted === '' ? here : [...here, ...fitting.filter((each) => each.section !== section)];
}

export interface Slash {
  readonly start: number;
  readonly typed: string;
}

/** The `/word` that the caret stands in, when the slash begins a word. */
export function slashAt(text: string, caret: number): Slash | null {
  const match = /(?:^|\s)\/([\p{L} ]{0,20})$/u.exec(text.slice(0, caret));
  if (match === null) return null;
  const typed = match[1] ?? '';
  return { start: caret - typed.length - 1, typed };
}

/** The text with the slash word replaced, and where the caret goes: the first blank to fill, or the end. */
export function insertPhrase(
  text: string,
  slash: Slash,
  caret: number,
  phrase: Phrase,
): { text: string; from: number; to: number } {
  const result = text.slice(0, slash.start) + phrase.text + text.slice(caret);
  const blank = phrase.text.indexOf(BLANK);
  const end = slash.start + phrase.text.length;
  return blank < 0
    ? { text: result, from: end, to: end }
    : { text: result, from: slash.start + blank, to: slash.start + blank + BLANK.length };
}
