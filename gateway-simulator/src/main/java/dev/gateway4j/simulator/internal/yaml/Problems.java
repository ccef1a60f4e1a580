package dev.gateway4j.simulator.internal.yaml;

import dev.gateway4j.api.config.ConfigProblem;
import java.util.List;
import java.util.OptionalInt;

/** Collects what is wrong with one file. */
public final class Problems {
    private final String setting;
    private final String file;
    private final List<ConfigProblem> list;
    private final int before;

    /**
     * Nothing is wrong yet.
     *
     * @param setting what the file is read for
     * @param file its name
     * @param list takes the problems
     */
    public Problems(String setting, String file, List<ConfigProblem> list) {
        this.setting = setting;
        this.file = file;
        this.list = list;
        this.before = list.size();
    }

    /** A problem of the whole file. */
    public void add(String message) {
        list.add(new ConfigProblem(setting, file, OptionalInt.empty(), message));
    }

    /** A problem in a line, counted from 1. */
    public void add(int line, String message) {
        list.add(new ConfigProblem(setting, file, OptionalInt.of(line), message));
    }

    /** True if nothing was wrong since this was made. */
    public boolean none() {
        return list.size() == before;
    }
}
