package org.heliograph.dicom.deid;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words that may stay in descriptions: cleaning keeps what is known to identify nobody instead
 * of looking for what might. Numbers of up to three digits may stay, with a unit that is in the
 * vocabulary; everything else goes, dates and record numbers with it. Case does not count.
 * Immutable.
 */
public final class Vocabulary {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:[.][0-9]+)?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}(?:[.][0-9]{1,3})?(\\p{L}*)");

  private static final Vocabulary RADIOLOGY =
      new Vocabulary(
          new HashSet<>(
              java.util.Arrays.asList(
                  """
                  abdomen abdominal acquisition adc ankle and angio angiography aorta ap apical arm arterial
                  artery arthrogram average axial axillary b biopsy bladder blood body bolus bone bowel brain
                  breast bronchial calcaneus cardiac carotid cc cc cerebral cervical chest cine clavicle
                  cm coccyx colon color contrast coronal coronary cor cr cranial cranio craniocaudal ct cta
                  delayed dermoscopy diffusion digital doppler dose dwi dx dynamic early echo elbow
                  enhanced epi exam extremity eye facial fast fat fetal femoral femur field film finger
                  first flair flow foot forearm frontal fundus gated gradient gre hand head heart helical
                  hepatic high hip hrct humerus image inferior inner internal iv joint kidney knee kub
                  lao large lat lateral left leg liver localizer lossless lossy low lower ls lumbar lung
                  mammography mandible maxilla medial mip ml mlo mm mpr mr mra mri multi multiphase
                  nasal neck no non oblique open ophthalmic orbit pa pancreas paranasal pelvic pelvis
                  perfusion pet phase photo plain planar portal post posterior pre prone prostate proton
                  pulmonary radiography rao reconstruction rectum reformat region renal report rest rib
                  right rotated rt sacrum sag sagittal scan scapula scout sec second sequence series
                  shoulder sinus skin skull small soft space spect spin spine spiral spleen sternum
                  stir stomach stress study superior supine t1 t1w t2 t2w temporal thick thin third thoracic
                  thorax thumb thyroid tibia time tissue toe tof tra trans transverse tse ultrasound
                  upper us uterus v vascular vein venous view volume wall weighted whole window with without wo
                  wrist xa xr x y z
                  """
                      .split("\\s+"))));

  private final Set<String> words;

  private Vocabulary(Set<String> words) {
    this.words = Set.copyOf(words);
  }

  /** Words of anatomy, modality, view and technique. */
  public static Vocabulary radiology() {
    return RADIOLOGY;
  }

  /** These words only. */
  public static Vocabulary of(Set<String> words) {
    Set<String> lower = new HashSet<>();
    words.forEach(w -> lower.add(w.toLowerCase(Locale.ROOT)));
    return new Vocabulary(lower);
  }

  /** These words as well. */
  public Vocabulary with(Set<String> more) {
    Set<String> all = new HashSet<>(words);
    all.addAll(of(more).words);
    return new Vocabulary(all);
  }

  /** The words that may stay, in their order, single spaces between. */
  public String clean(String text) {
    StringJoiner kept = new StringJoiner(" ");
    Matcher m = WORD.matcher(text);
    while (m.find()) {
      if (isSafe(m.group().toLowerCase(Locale.ROOT))) {
        kept.add(m.group());
      }
    }
    return kept.toString();
  }

  private boolean isSafe(String word) {
    Matcher number = NUMBER.matcher(word);
    return words.contains(word)
        || (number.matches() && (number.group(1).isEmpty() || words.contains(number.group(1))));
  }

  @Override
  public String toString() {
    return "Vocabulary[" + words.size() + " words]";
  }
}
