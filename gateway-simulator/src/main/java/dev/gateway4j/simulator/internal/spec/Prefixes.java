package dev.gateway4j.simulator.internal.spec;

import java.util.Map;

/** How ids begin, by what they name. */
final class Prefixes {
    private static final Map<String, String> BY_KIND = Map.ofEntries(
            Map.entry("chat.completion", "chatcmpl-"),
            Map.entry("chat.completion.chunk", "chatcmpl-"),
            Map.entry("text_completion", "cmpl-"),
            Map.entry("response", "resp_"),
            Map.entry("message", "msg_"),
            Map.entry("reasoning", "rs_"),
            Map.entry("function_call", "fc_"),
            Map.entry("custom_tool_call", "ctc_"),
            Map.entry("web_search_call", "ws_"),
            Map.entry("file_search_call", "fs_"),
            Map.entry("code_interpreter_call", "ci_"),
            Map.entry("image_generation_call", "ig_"),
            Map.entry("compaction", "cmp_"),
            Map.entry("item", "msg_"),
            Map.entry("call", "call_"),
            Map.entry("tool_call", "call_"),
            Map.entry("conversation", "conv_"),
            Map.entry("container", "cntr_"),
            Map.entry("container.file", "cfile_"),
            Map.entry("file", "file-"),
            Map.entry("vector_store.file", "file-"),
            Map.entry("upload", "upload_"),
            Map.entry("upload.part", "part_"),
            Map.entry("batch", "batch_"),
            Map.entry("vector_store", "vs_"),
            Map.entry("vector_store.files_batch", "vsfb_"),
            Map.entry("fine_tuning.job", "ftjob-"),
            Map.entry("fine_tuning_job", "ftjob-"),
            Map.entry("fine_tuning.job.event", "ftevent-"),
            Map.entry("fine_tuning.job.checkpoint", "ftckpt_"),
            Map.entry("checkpoint.permission", "cp_"),
            Map.entry("assistant", "asst_"),
            Map.entry("thread", "thread_"),
            Map.entry("thread.run", "run_"),
            Map.entry("run", "run_"),
            Map.entry("thread.run.step", "step_"),
            Map.entry("step", "step_"),
            Map.entry("thread.message", "msg_"),
            Map.entry("eval", "eval_"),
            Map.entry("eval.run", "evalrun_"),
            Map.entry("eval.run.output_item", "outputitem_"),
            Map.entry("realtime.session", "sess_"),
            Map.entry("session", "sess_"),
            Map.entry("event", "event_"),
            Map.entry("video", "video_"),
            Map.entry("skill", "skill_"),
            Map.entry("skill.version", "skillver_"),
            Map.entry("organization", "org-"),
            Map.entry("project", "proj_"),
            Map.entry("organization.project", "proj_"),
            Map.entry("user", "user-"),
            Map.entry("organization.user", "user-"),
            Map.entry("organization.project.user", "user-"),
            Map.entry("organization.invite", "invite-"),
            Map.entry("organization.admin_api_key", "key_"),
            Map.entry("organization.project.api_key", "key_"),
            Map.entry("organization.project.service_account", "svc_acct_"),
            Map.entry("api_key", "key_"),
            Map.entry("certificate", "cert_"),
            Map.entry("group", "group_"),
            Map.entry("role", "role_"),
            Map.entry("audio.voice", "voice_"),
            Map.entry("audio.voice_consent", "cons_"),
            Map.entry("chatkit.session", "cksess_"),
            Map.entry("chatkit.thread", "cthr_"),
            Map.entry("chatkit.thread_item", "cthi_"));
    private static final int LONG = 50;
    private static final int SHORT = 24;

    private Prefixes() {}

    /** How the id of such a thing begins: a type such as {@code thread.run}, or the stem of a member such as {@code run_id}. */
    static String of(String kind) {
        String known = BY_KIND.get(kind);
        if (known != null) {
            return known;
        }
        String last = kind.substring(kind.lastIndexOf('.') + 1);
        if (!BY_KIND.containsKey(last) && BY_KIND.containsKey(last.substring(last.lastIndexOf('_') + 1))) {
            last = last.substring(last.lastIndexOf('_') + 1); // an input_file is a file
        }
        String byLast = BY_KIND.get(last);
        return byLast != null ? byLast : last.isEmpty() ? "id_" : last + "_";
    }

    /** How many characters follow. */
    static int length(String prefix) {
        return switch (prefix) {
            case "resp_", "rs_", "fc_", "ctc_", "ws_", "fs_", "ci_", "ig_", "cmp_" -> LONG;
            case "conv_", "cntr_" -> 48;
            case "batch_", "vsfb_", "cfile_", "vs_" -> 32;
            default -> SHORT;
        };
    }
}
