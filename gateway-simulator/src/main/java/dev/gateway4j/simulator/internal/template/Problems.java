package dev.gateway4j.simulator.internal.template;

import dev.gateway4j.api.config.ConfigProblem;
import java.util.List;
import java.util.OptionalInt;

/** Collects what is wrong with one template file. */
final class Problems {
    private final String setting;
    private final String file;
    private final List<ConfigProblem> list;

    Problems(String setting, String file, List<ConfigProblem> list) {
        this.setting = setting;
        this.file = file;
        this.list = list;
    }

    /** A problem of the whole file. */
    void add(String message) {
        list.add(new ConfigProblem(setting, file, OptionalInt.empty(), message));
    }

    /** A problem in a line, counted from 1. */
    void add(int line, String message) {
        list.add(new ConfigProblem(setting, file, OptionalInt.of(line), message));
    }
}
