package org.heliograph.reader.orders;

import org.heliograph.node.mpps.ProcedureStepService;
import org.heliograph.node.worklist.ModalityWorklistService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the modality worklist and performed procedure steps at the hub's DICOM node. */
@Configuration(proxyBeanMethods = false)
class OrdersConfiguration {
  @Bean
  ModalityWorklistService modalityWorklist(SiteWorklist worklist) {
    return new ModalityWorklistService(worklist);
  }

  @Bean
  ProcedureStepService performedProcedureSteps(PerformedSteps steps) {
    return new ProcedureStepService(steps);
  }
}
