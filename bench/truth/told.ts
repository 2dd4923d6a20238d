/*
 * What each agency would say of everybody it has on record, as statements over the made-up world's own registers. Written down
 * apart from agencies and connectors: one row a person, `value` as the exchange keeps it, but for the marks of numbers.
 */

/** Columns of every statement: id_number, spouse's number or '', registered name, former name or '', value. */
export const TOLD: Readonly<Record<string, string>> = {
  property: `
    select id_number, '', min(name), '', jsonb_build_object('ownedAreaCm2', round(sum(area_m2 * share_bp))::bigint, 'units',
      jsonb_agg(jsonb_build_object('unitCode', unit_code, 'countyCode', county_code, 'areaCm2', (area_m2 * 10000)::bigint, 'areaKind', area_kind,
        'rightKind', right_kind, 'shareBp', share_bp, 'registeredOn', registered_on)))
    from property.unit group by id_number`,
  vehicle: `
    select id_number, '', min(name), '', jsonb_build_object('dearestVehicleFen', max(price_fen) filter (where status <> 'SCRAPPED'),
      'unpricedVehicles', count(*) filter (where status <> 'SCRAPPED' and price_fen is null),
      'vehicles', jsonb_agg(jsonb_build_object('plate', plate, 'plateKind', plate_kind, 'brandModel', brand_model,
        'firstRegisteredOn', first_registered_on, 'status', status, 'priceFen', price_fen)))
    from vehicle.vehicle group by id_number`,
  'provident-fund': `
    select id_number, '', name, '', jsonb_build_object('accountStatus', status, 'monthsPaid', months_paid, 'monthlyContributionFen', monthly_contribution_fen,
      'ratioBp', ratio_bp, 'baseFen', base_fen, 'lastPaidMonth', last_paid_month)
    from fund.account`,
  'civil-affairs': `
    select id_number, coalesce(spouse_id_number, ''), name, '', jsonb_build_object('marriageStatus', marriage_status, 'spouseIdNumber', null,
      'spouseName', spouse_name, 'deceasedOn', deceased_on, 'allowanceClass', allowance_class, 'allowanceValidUntil', allowance_valid_until,
      'incomeClass', income_class, 'perHeadMonthlyFen', per_head_monthly_fen, 'determinationValidUntil', determination_valid_until)
    from civil.person`,
  police: `
    select id_number, '', name, coalesce(former_name, ''), jsonb_build_object('hukouPlace', hukou_place, 'hukouKind', hukou_kind, 'hukouSince', hukou_since,
      'deceasedOn', deceased_on, 'cancelledOn', cancelled_on, 'minorChildren', minor_children)
    from police.person`,
};
