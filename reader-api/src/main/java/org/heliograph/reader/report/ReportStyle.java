package org.heliograph.reader.report;

/** How the printed report looks: quiet, black on white, readable when copied or faxed. */
final class ReportStyle {
  static final String CSS =
      """
      @page { size: A4; margin: 16mm 18mm 20mm 18mm; @bottom-center { content: element(foot); } }
      body { font-family: 'NotoSans', 'NotoSansArabic', 'NotoSansDevanagari', 'NotoSansHebrew',
             'NotoSansEthiopic', 'NotoSansBengali', 'NotoSansThai', 'NotoSansTamil',
             'DroidSansFallback', sans-serif;
             font-size: 10.5pt; line-height: 1.42; color: #16202a; }
      #foot { position: running(foot); font-size: 8pt; color: #5a6672;
              border-top: 0.5pt solid #c5ccd3; padding-top: 2mm; }
      #foot table { width: 100%; }
      .page:before { content: counter(page) ' of ' counter(pages); }
      .right { text-align: right; }
      table { border-collapse: collapse; }
      td, th { vertical-align: top; text-align: left; padding: 0; }
      .head { width: 100%; border-bottom: 1.2pt solid #14506e; }
      .head td { padding-bottom: 4mm; }
      .logo { width: 22mm; } .logo img { max-width: 18mm; max-height: 18mm; }
      .site { font-size: 13pt; font-weight: bold; }
      .address { font-size: 8.5pt; color: #5a6672; white-space: pre-wrap; }
      .kind { font-size: 13pt; color: #14506e; font-weight: bold; }
      .number, .standing { font-size: 9pt; color: #5a6672; }
      .unsigned { margin-top: 4mm; padding: 2mm 3mm; border: 1pt solid #9a3412; color: #9a3412;
                  font-weight: bold; text-align: center; }
      .subject { margin-top: 5mm; width: 100%; }
      .subject th { width: 28mm; font-weight: normal; color: #5a6672; padding: 0.6mm 0; }
      .subject td { padding: 0.6mm 0; }
      .asked { margin-top: 4mm; padding: 3mm 4mm; background: #f2f5f7; }
      .small { font-size: 8.5pt; color: #5a6672; } .gap { margin-top: 2mm; }
      h2 { font-size: 11pt; color: #14506e; margin: 5mm 0 1mm 0; page-break-after: avoid; }
      .text { white-space: pre-wrap; word-wrap: break-word; }
      .strong { font-weight: bold; }
      .signed { margin-top: 7mm; padding-top: 2mm; border-top: 0.5pt solid #c5ccd3;
                page-break-inside: avoid; font-size: 9.5pt; }
      .addendum { margin-top: 6mm; padding-left: 4mm; border-left: 2pt solid #14506e; }
      """;

  private ReportStyle() {}
}
