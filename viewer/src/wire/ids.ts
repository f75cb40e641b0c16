/** Branded identifiers: a study's UID cannot be passed where a series' UID is wanted. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type CaseId = Branded<'CaseId'>;
export type PersonId = Branded<'PersonId'>;
export type SiteId = Branded<'SiteId'>;
export type PhotoId = Branded<'PhotoId'>;
export type GatewayId = Branded<'GatewayId'>;
export type DeliveryId = Branded<'DeliveryId'>;
export type StudyUid = Branded<'StudyUid'>;
export type SeriesUid = Branded<'SeriesUid'>;
export type SopUid = Branded<'SopUid'>;
