//! Client metrics subscriptions (KIP-714).

use super::rows;

rows! {
    List "metrics" = "", Items, Medium ClusterWide,
        "Prefixes of the metric names asked of clients; `*` for all, empty for none.";
    Int "interval.ms" = "300000", Unchecked, Medium ClusterWide,
        "How often clients push.";
    List "match" = "", Items, Medium ClusterWide,
        "Which clients are asked, `attribute=pattern`, all of which must match.";
}
