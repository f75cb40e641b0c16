package org.heliograph.node.query;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.net.dimse.RetrieveHandler;
import org.heliograph.dicom.net.dimse.StoredInstance;
import org.jspecify.annotations.Nullable;

/** C-MOVE and C-GET of the Patient Root and Study Root models (PS3.4 C.4.2, C.4.3). */
final class RetrieveScp implements RetrieveHandler {
  private final StudyCatalog catalog;

  RetrieveScp(StudyCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Retrieval retrieve(Request request) throws IOException {
    var model = QueryModel.of(request.sopClass());
    var level = model.level(request.keys());
    boolean relational =
        Negotiated.of(request.invocation().peer(), request.sopClass()).relational();
    var selection =
        new CatalogSelection(level, model.uniqueKeys(level, request.keys(), relational));
    return new Instances(catalog.select(QueryCaller.of(request.invocation().peer()), selection));
  }

  private static final class Instances implements Retrieval {
    private final StudyCatalog.Selected selected;
    private final List<Kind> kinds;
    private final Conversions conversions = new Conversions();
    private int next;

    Instances(StudyCatalog.Selected selected) {
      this.selected = selected;
      this.kinds = selected.kinds();
    }

    @Override
    public int size() {
      return kinds.size();
    }

    @Override
    public Set<Kind> kinds() {
      return new LinkedHashSet<>(kinds);
    }

    @Override
    public @Nullable StoredInstance next() throws IOException {
      conversions.close();
      return next == kinds.size() ? null : selected.instance(next++);
    }

    @Override
    public @Nullable StoredInstance recode(StoredInstance instance, Set<TransferSyntaxUid> accepted)
        throws IOException {
      StoredInstance same = Retrieval.super.recode(instance, accepted);
      return same == null ? conversions.convert(instance, accepted) : same;
    }

    @Override
    public void close() throws IOException {
      conversions.close();
    }
  }
}
