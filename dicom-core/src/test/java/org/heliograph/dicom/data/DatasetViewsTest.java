package org.heliograph.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.DatasetVisitor.Next;
import org.junit.jupiter.api.Test;

class DatasetViewsTest {
  private static Dataset sample() {
    Dataset inner =
        Dataset.builder()
            .string(Tag.CodeMeaning, "Schädel")
            .text(0x00090010, Vr.LO, "ACME")
            .text(0x00091001, Vr.LO, "x")
            .build();
    return Dataset.builder()
        .string(Tag.SpecificCharacterSet, "ISO_IR 100")
        .string(Tag.Modality, "CT")
        .sequence(
            Tag.AnatomicRegionSequence,
            inner,
            Dataset.builder().sequence(Tag.AnatomicRegionModifierSequence, inner).build())
        .string(Tag.PatientName, "Müller")
        .text(0x00110010, Vr.LO, "ACME")
        .text(0x00111001, Vr.LO, "y")
        .build();
  }

  @Test
  void a_visitor_sees_every_element_with_its_path() {
    List<String> seen = new ArrayList<>();

    sample()
        .walk((path, e) -> {
          seen.add(path + (path.isRoot() ? "" : ".") + Tags.toString(e.tag()));
          return Next.ENTER;
        });

    assertThat(seen)
        .containsSubsequence(
            "(0008,0060)",
            "(0008,2218)",
            "(0008,2218)[0].(0008,0104)",
            "(0008,2218)[1].(0008,2220)",
            "(0008,2218)[1].(0008,2220)[0].(0008,0104)",
            "(0010,0010)")
        .hasSize(13);
  }

  @Test
  void a_visitor_passes_by_items_and_stops() {
    List<Integer> seen = new ArrayList<>();

    sample()
        .walk((path, e) -> {
          seen.add(e.tag());
          return e.tag() == Tag.PatientName ? Next.STOP : Next.PASS;
        });

    assertThat(seen)
        .containsExactly(
            Tag.SpecificCharacterSet, Tag.Modality, Tag.AnatomicRegionSequence, Tag.PatientName);
  }

  @Test
  void finds_an_item_by_its_path() {
    Dataset dataset = sample();
    ItemPath second = ItemPath.ROOT.item(Tag.AnatomicRegionSequence, 1);
    ItemPath inner = second.item(Tag.AnatomicRegionModifierSequence, 0);

    assertThat(dataset.at(inner).orElseThrow().string(Tag.CodeMeaning)).contains("Schädel");
    assertThat(inner.depth()).isEqualTo(2);
    assertThat(dataset.at(ItemPath.ROOT)).contains(dataset);
    assertThat(dataset.at(ItemPath.ROOT.item(Tag.AnatomicRegionSequence, 2))).isEmpty();
  }

  @Test
  void views_share_elements_and_keep_the_character_set_that_they_need() {
    Dataset dataset = sample();

    Dataset names = dataset.only(Tag.PatientName);
    assertThat(names.string(Tag.PatientName)).contains("Müller");
    assertThat(names.string(Tag.SpecificCharacterSet)).contains("ISO_IR 100");
    assertThat(names.get(Tag.PatientName).orElseThrow())
        .isSameAs(dataset.get(Tag.PatientName).orElseThrow());
    assertThat(dataset.only(Tag.Modality).size()).isEqualTo(1);
    assertThat(dataset.range(0x00080000, 0x00080061).size()).isEqualTo(2);
    assertThat(dataset.filter(e -> true)).isSameAs(dataset);
  }

  @Test
  void leaves_private_elements_out_at_any_depth() {
    Dataset open = sample().withoutPrivate();
    List<Integer> tags = new ArrayList<>();
    open.walk((path, e) -> {
      tags.add(e.tag());
      return Next.ENTER;
    });

    assertThat(tags).hasSize(7).noneMatch(Tags::isPrivate);
    assertThat(open.withoutPrivate()).isSameAs(open);
  }

  @Test
  void a_mapping_changes_elements_and_brings_text_to_one_character_set() {
    Dataset renamed =
        sample()
            .map((path, e) ->
                e.tag() == Tag.CodeMeaning
                    ? Dataset.builder()
                        .string(Tag.CodeMeaning, "頭")
                        .build()
                        .get(e.tag())
                        .orElseThrow()
                    : e);

    assertThat(renamed.string(Tag.SpecificCharacterSet)).contains("ISO_IR 192");
    assertThat(renamed.string(Tag.PatientName)).contains("Müller");
    assertThat(renamed.item(Tag.AnatomicRegionSequence).orElseThrow().string(Tag.CodeMeaning))
        .contains("頭");
    assertThat(renamed.bytes(Tag.PatientName))
        .isEqualTo("Müller ".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void text_stays_readable_when_a_mapping_takes_the_character_set_away() {
    Dataset mapped = sample().map((path, e) -> e.tag() == Tag.SpecificCharacterSet ? null : e);

    assertThat(mapped.string(Tag.SpecificCharacterSet)).contains("ISO_IR 192");
    assertThat(mapped.string(Tag.PatientName)).contains("Müller");
  }

  @Test
  void a_mapping_may_not_move_an_element() {
    Dataset dataset = sample();
    Element other = dataset.get(Tag.Modality).orElseThrow();
    assertThatThrownBy(() -> dataset.map((path, e) -> other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void private_blocks_are_found_by_creator_and_items_have_their_own() {
    Dataset dataset = sample();

    PrivateBlock outer = dataset.privateBlock(0x0011, "ACME").orElseThrow();
    assertThat(dataset.string(outer.tag(1))).contains("y");
    assertThat(dataset.privateBlock(0x0009, "ACME")).isEmpty();
    assertThat(dataset.privateCreator(0x00111001)).contains("ACME");
    assertThat(dataset.privateCreator(0x00111101)).isEmpty();
    Dataset item = dataset.item(Tag.AnatomicRegionSequence).orElseThrow();
    assertThat(item.privateBlocks()).containsExactly(new PrivateBlock(0x0009, 0x10, "ACME"));
  }

  @Test
  void reserves_the_first_block_that_nobody_uses() {
    Dataset.Builder builder =
        Dataset.builder()
            .text(0x00110010, Vr.LO, "OTHER")
            .text(0x00111105, Vr.LO, "in a block that nobody reserved");

    PrivateBlock block = builder.privateBlock(0x0011, "ACME");
    builder.text(block.tag(0x01), Vr.LO, "mine");

    assertThat(block.block()).isEqualTo(0x12);
    assertThat(builder.privateBlock(0x0011, "ACME")).isEqualTo(block);
    assertThat(builder.build().string(0x00110012)).contains("ACME");
    assertThat(builder.build().string(0x00111201)).contains("mine");
    assertThatThrownBy(() -> builder.privateBlock(0x0010, "ACME"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
