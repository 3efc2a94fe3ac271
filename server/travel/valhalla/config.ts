/**
 * Valhalla's configuration, for building and for answering. Written here rather than by its own `valhalla_build_config`, which
 * needs Python. Sections and defaults: that script of 3.6.1; only what must be said or differs is said.
 */

const SILENT = { type: '' }

/** `std_out`: what it builds is followed line by line. */
export const buildConfig = (tileFolder: string) => ({
  mjolnir: {
    ...mjolnir(tileFolder),
    // nobody here walks or cycles
    include_pedestrian: false,
    include_bicycle: false,
    logging: { type: 'std_out', color: false },
  },
})

export const answerConfig = (tileFolder: string) => ({
  mjolnir: { ...mjolnir(tileFolder), logging: SILENT },
  loki: {
    actions: ['locate', 'route', 'sources_to_targets', 'trace_attributes', 'status'],
    logging: SILENT,
    service_defaults: {
      heading_tolerance: 60,
      minimum_reachability: 50,
      node_snap_tolerance: 5,
      radius: 0,
      search_cutoff: 35_000,
      street_side_max_distance: 1000,
      street_side_tolerance: 5,
    },
    use_connectivity: true,
  },
  thor: {
    logging: SILENT,
    // `costmatrix` is faster over long distances, but a pair's figures then hang on which other pairs are asked for with it
    // (valhalla issue 5330), and it differs from the route drawn on the map
    source_to_target_algorithm: 'timedistancematrix',
    max_reserved_labels_count_dijkstras: 10_000,
    clear_reserved_memory: false,
  },
  odin: { logging: SILENT, markup_formatter: { markup_enabled: false } },
  meili: {
    mode: 'auto',
    customizable: [],
    verbose: false,
    logging: SILENT,
    default: {
      beta: 3,
      breakage_distance: 2000,
      geometry: false,
      gps_accuracy: 5,
      interpolation_distance: 10,
      max_route_distance_factor: 5,
      max_route_time_factor: 5,
      max_search_radius: 100,
      route: true,
      search_radius: 50,
      sigma_z: 4.07,
      turn_penalty_factor: 0,
    },
    grid: { cache_size: 100_240, size: 500 },
  },
  service_limits: {
    // Ours is no public service: what is asked is answered. The matrix distance also bounds the cost of a way, to distance / 56
    // seconds (a day here; two hours by default), and each origin pays for it: ten times as much took 20 ms an origin.
    truck: {
      max_distance: 1e7,
      max_locations: 10_000,
      max_matrix_distance: 5_000_000,
      max_matrix_location_pairs: 10_000_000,
    },
    trace: {
      max_distance: 1e7,
      max_shape: 1_000_000,
      max_gps_accuracy: 100,
      max_search_radius: 100,
      max_alternates: 0,
      max_alternates_shape: 100,
    },
    allow_hard_exclusions: true,
    max_exclude_locations: 0,
    max_exclude_polygons_length: 0,
    max_radius: 200,
    max_reachability: 100,
    max_alternates: 0,
    max_timedep_distance: 500_000,
    max_timedep_distance_matrix: 0,
    max_distance_disable_hierarchy_culling: 0,
    status: { allow_verbose: true },
    // not asked for, but it does not start without them
    isochrone: {
      max_contours: 4,
      max_distance: 25_000,
      max_distance_contour: 200,
      max_locations: 1,
      max_time_contour: 120,
    },
    skadi: { max_shape: 750_000, min_resample: 10 },
    pedestrian: {
      max_distance: 250_000,
      max_locations: 50,
      max_matrix_distance: 200_000,
      max_matrix_location_pairs: 2500,
      max_transit_walking_distance: 10_000,
      min_transit_walking_distance: 1,
    },
  },
})

/** Bytes of tiles kept in memory while answering. */
const CACHE_BYTES = 512 * 2 ** 20

const mjolnir = (tileFolder: string) => ({
  tile_dir: tileFolder,
  max_cache_size: CACHE_BYTES,
  id_table_size: 1_300_000_000,
  hierarchy: true,
  shortcuts: true,
  reclassify_links: true,
  include_driving: true,
  include_construction: false,
  include_driveways: true,
  data_processing: {
    allow_alt_name: false,
    apply_country_overrides: true,
    grid_divisions_within_tile: 32,
    infer_internal_intersections: true,
    infer_turn_channels: true,
    scan_tar: false,
    use_admin_db: false,
    use_direction_on_ways: false,
    use_rest_area: false,
    use_urban_tag: false,
  },
})
