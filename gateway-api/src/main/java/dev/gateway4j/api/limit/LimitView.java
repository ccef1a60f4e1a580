package dev.gateway4j.api.limit;

import dev.gateway4j.api.call.CallTags;
import java.util.List;

/** How the limits of a gateway stand now, for code and metrics. Looking takes nothing. Thread-safe. */
public interface LimitView {
    /** A gateway without limits. */
    LimitView NONE = new LimitView() {
        @Override
        public List<LimitStatus> all() {
            return List.of();
        }

        @Override
        public List<LimitStatus> of(CallTags tags, String model) {
            return List.of();
        }
    };

    /**
     * Every limit there is, and whatever upstreams have said of theirs; but not what each user, tenant or feature has left without a setting
     * of its own, which may be a million: {@link #of} tells.
     */
    List<LimitStatus> all();

    /**
     * The limits that a call would meet.
     *
     * @param tags who would ask; the key only if it names one
     * @param model the model it would ask for
     */
    List<LimitStatus> of(CallTags tags, String model);
}
