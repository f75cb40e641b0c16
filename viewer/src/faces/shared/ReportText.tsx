import { nameOf, type ReportSection, type ReportView } from '../../wire/types';
import { timeText } from './format';
import { Name } from './parts';

/** What answers the question stands first. */
const ORDER: readonly ReportSection[] = [
  'impression',
  'recommendation',
  'findings',
  'comparison',
  'technique',
];

interface Props {
  readonly report: ReportView;
  /** The rank of its headings on the page that it stands on. */
  readonly heading: 'h2' | 'h3';
  readonly words: {
    readonly section: (name: ReportSection) => string;
    readonly signed: (values: { name: string; time: string }) => string;
    readonly addendum: string;
  };
}

/** The report as text, signature and addenda included. Everything is text: markup in it stays visible as such. */
export function ReportText({ report, heading: Heading, words }: Props) {
  return (
    <article class="report">
      {ORDER.filter((name) => (report.sections[name] ?? '').trim() !== '').map((name) => (
        <section
          key={name}
          class={name === 'impression' ? 'report__part report__part--first' : 'report__part'}
        >
          <Heading>{words.section(name)}</Heading>
          <p class="text" dir="auto">
            {report.sections[name]}
          </p>
        </section>
      ))}
      {report.signedAt !== null && (
        <p class="report__signature">
          <Name>{words.signed({ name: nameOf(report.signedBy), time: timeText(report.signedAt) })}</Name>
        </p>
      )}
      {report.addenda.map((addendum) => (
        <section class="report__part report__addendum" key={addendum.signedAt}>
          <Heading>{words.addendum}</Heading>
          <p class="text" dir="auto">
            {addendum.text}
          </p>
          <p class="report__signature">
            <Name>
              {words.signed({ name: nameOf(addendum.signedBy), time: timeText(addendum.signedAt) })}
            </Name>
          </p>
        </section>
      ))}
    </article>
  );
}
