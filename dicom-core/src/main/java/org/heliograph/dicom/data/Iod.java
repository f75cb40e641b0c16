package org.heliograph.dicom.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A composite or normalized information object definition: the modules that its instances have
 * (PS3.3 Annexes A and B).
 *
 * @param id a name for programs, such as {@code ct-image}
 * @param name as in PS3.3, such as {@code CT Image}
 */
public record Iod(String id, String name, List<ModuleUse> modules) {
  /** Whether a module must be there. */
  public enum Usage {
    /** M. */
    MANDATORY,
    /** C: where a condition of PS3.3 holds. */
    CONDITIONAL,
    /** U. */
    USER_OPTION
  }

  /**
   * A module of an information object.
   *
   * @param moduleId a name for programs, such as {@code general-study}
   * @param module as in PS3.3, such as {@code General Study}
   * @param entity the information entity, such as {@code Study}
   */
  public record ModuleUse(String moduleId, String module, String entity, Usage usage) {}

  /** Copies the list. */
  public Iod {
    modules = List.copyOf(modules);
  }

  /** The information object of a name of PS3.3, such as {@code CT Image}. */
  public static Optional<Iod> of(String name) {
    return Optional.ofNullable(Registry.BY_NAME.get(name));
  }

  /** All information objects, in the order of PS3.3. */
  public static List<Iod> all() {
    return List.copyOf(Registry.BY_NAME.values());
  }

  /** How the object uses a module, by the module's name or id; empty when it does not. */
  public Optional<Usage> usage(String module) {
    return modules.stream()
        .filter(m -> m.moduleId().equals(module) || m.module().equals(module))
        .map(ModuleUse::usage)
        .findFirst();
  }

  /** Read when first asked for. */
  private static final class Registry {
    static final Map<String, Iod> BY_NAME = load();

    private static Map<String, Iod> load() {
      List<String[]> names = new ArrayList<>();
      Map<String, Iod> iods = new LinkedHashMap<>();
      String[] iod = {};
      List<ModuleUse> uses = new ArrayList<>();
      for (String line : Dictionary.resource("iods.txt").lines().toList()) {
        String[] f = line.split("\t", -1);
        switch (f[0]) {
          case "M" -> names.add(f);
          case "I" -> {
            put(iods, iod, uses);
            iod = f;
            uses.clear();
          }
          default -> {
            for (String use : f[2].split(" ", -1)) {
              String[] module = names.get(Integer.parseInt(use.substring(1)));
              uses.add(new ModuleUse(module[1], module[2], f[1], usage(use.charAt(0))));
            }
          }
        }
      }
      put(iods, iod, uses);
      return Collections.unmodifiableMap(iods);
    }

    private static void put(Map<String, Iod> iods, String[] iod, List<ModuleUse> uses) {
      if (iod.length > 0) {
        iods.put(iod[2], new Iod(iod[1], iod[2], uses));
      }
    }

    private static Usage usage(char letter) {
      return switch (letter) {
        case 'M' -> Usage.MANDATORY;
        case 'C' -> Usage.CONDITIONAL;
        default -> Usage.USER_OPTION;
      };
    }
  }
}
