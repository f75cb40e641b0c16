package org.heliograph.reader.queryretrieve;

import org.heliograph.dicom.data.AeTitle;
import org.heliograph.node.peer.PeerConnections;
import org.heliograph.node.query.QueryRetrieveService;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers Query/Retrieve at the hub's DICOM node. */
@Configuration(proxyBeanMethods = false)
class QueryRetrieveConfiguration {
  @Bean
  QueryRetrieveService queryRetrieve(
      ArchiveCatalog catalog,
      PeerConnections connections,
      @Value("${heliograph.ae-title}") String aeTitle) {
    return new QueryRetrieveService(new AeTitle(aeTitle), catalog, connections);
  }
}
