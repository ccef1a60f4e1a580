package dev.gateway4j.simulator.internal.request;

/** What the endpoints of stored things answer to a wrong request, in the manner of {@link ErrorKind}. */
public enum ResourceError {
    /** More pairs of metadata than a thing keeps. */
    MANY_PAIRS(
            400,
            "object_above_max_properties",
            "{0}",
            "Invalid '{0}': too many properties. Expected an object with at most {1} properties, but got an object with {2}"
                    + " properties instead."),
    /** A text that is too long. */
    LONG_TEXT(
            400,
            "string_above_max_length",
            "{0}",
            "Invalid '{0}': string too long. Expected a string with maximum length {1}, but got a string with length {2} instead."),
    /** An id of another kind of thing. */
    PREFIX(400, "invalid_value", "{0}", "Invalid '{0}': '{1}'. Expected an ID that begins with '{2}'."),
    /** No such file. */
    FILE(404, "", "id", "No such File object: {0}"),
    /** A form without a field it needs. */
    NO_FIELD(400, "", "", "'{0}' is a required property"),
    /** A body that is no form. */
    NO_FORM(400, "", "", "Could not parse multipart form"),
    /** A purpose that files cannot have. */
    PURPOSE(400, "", "purpose", "'{0}' is not one of [{1}] - 'purpose'"),
    /** A file of lines whose name does not say so. */
    NOT_JSONL(400, "invalid_file_format", "", "Invalid file format for {0} API. Must be .jsonl"),
    /** A line that is no object. */
    NOT_A_DICTIONARY(
            400,
            "",
            "",
            "Expected file to have JSONL format, where every line is a JSON dictionary. Line {0} is not a dictionary (HINT: line"
                    + " starts with: \"{1}...\")."),
    /** A file that only the service reads. */
    NO_DOWNLOAD(400, "", "", "Not allowed to download files of purpose: {0}"),
    /** No such upload. */
    UPLOAD(404, "", "upload_id", "No such Upload object: {0}"),
    /** An upload that takes nothing more. */
    UPLOAD_STATUS(400, "invalid_request", "upload_id", "Upload {0} cannot be changed: its status is '{1}'."),
    /** A part that does not belong to the upload. */
    UPLOAD_PART(400, "invalid_value", "part_ids", "Invalid 'part_ids': no part with id '{0}' belongs to upload {1}."),
    /** More bytes than an upload said it has. */
    UPLOAD_SIZE(
            400,
            "invalid_value",
            "bytes",
            "The number of bytes uploaded, {0}, does not match the number of bytes specified when the Upload was created, {1}."),
    /** Other bytes than the sum tells. */
    UPLOAD_SUM(400, "invalid_value", "md5", "The MD5 checksum of the uploaded bytes does not match '{0}'."),
    /** No such batch. */
    BATCH(404, "", "", "No batch found with id '{0}'."),
    /** A batch that has nothing left to cancel. */
    BATCH_STATUS(409, "", "", "Cannot cancel a batch with status '{0}'."),
    /** A batch over a file that is not there. */
    BATCH_FILE(400, "", "input_file_id", "No such File object: {0}"),
    /** A batch over a file that was not uploaded for one. */
    BATCH_PURPOSE(
            400,
            "invalid_value",
            "input_file_id",
            "Invalid 'input_file_id': expected a file with purpose 'batch', but '{0}' has purpose '{1}'."),
    /** No such vector store. */
    VECTOR_STORE(404, "", "", "No vector store found with id '{0}'."),
    /** A vector store that is over. */
    VECTOR_STORE_EXPIRED(400, "expired", "", "Vector store '{0}' has expired."),
    /** The file is not in the vector store. */
    VECTOR_STORE_FILE(404, "", "", "No file found with id '{0}' in vector store '{1}'."),
    /** No such batch of files. */
    FILE_BATCH(404, "", "", "No file batch found with id '{0}' in vector store '{1}'."),
    /** A batch of files that is through. */
    FILE_BATCH_STATUS(400, "", "", "Cannot cancel a file batch with status '{0}'."),
    /** A file that cannot be searched. */
    EXTENSION(
            400,
            "unsupported_file",
            "{0}",
            "Files with extensions [{1}] are not supported for retrieval. See"
                    + " https://platform.openai.com/docs/assistants/tools/file-search/supported-files"),
    /** Chunks that overlap too much. */
    OVERLAP(
            400,
            "invalid_value",
            "chunking_strategy.static.chunk_overlap_tokens",
            "Invalid 'chunking_strategy.static.chunk_overlap_tokens': {0}. Expected at most half of 'max_chunk_size_tokens', which is"
                    + " {1}."),
    /** A member that must hold one thing or the other. */
    ONE_OF(400, "missing_required_parameter", "{0}", "Missing required parameter: one of '{0}' or '{1}' is required."),
    /** No such fine-tuning job. */
    TUNING_JOB(404, "fine_tune_not_found", "fine_tune_id", "Could not find fine tune: {0}"),
    /** A model that cannot be fine-tuned. */
    TUNING_MODEL(400, "model_not_available", "model", "Model {0} is not available for fine-tuning or does not exist."),
    /** A training or validation file that is not there. */
    TUNING_FILE(400, "invalid_{0}", "{0}", "invalid {0}: {1}"),
    /** A job in a state in which this is not done. */
    TUNING_STATUS(400, "invalid_request", "", "Cannot {0} fine-tuning job {1}: its status is '{2}'."),
    /** No such permission. */
    PERMISSION(404, "", "", "No checkpoint permission found with id '{0}'."),
    /** No such container. */
    CONTAINER(404, "", "", "Container with id '{0}' not found."),
    /** A container that is over. */
    CONTAINER_EXPIRED(400, "", "", "Container is expired."),
    /** No such file in the container. */
    CONTAINER_FILE(404, "", "", "File with id '{0}' not found in container '{1}'.");

    private final int status;
    private final String code;
    private final String param;
    private final String message;

    ResourceError(int status, String code, String param, String message) {
        this.status = status;
        this.code = code;
        this.param = param;
        this.message = message;
    }

    /** This error with what is particular to the case at hand. */
    public ApiError with(Object... particulars) {
        return new ApiError(
                status,
                "invalid_request_error",
                ErrorKind.filled(code, particulars),
                ErrorKind.filled(param, particulars),
                ErrorKind.filled(message, particulars));
    }
}
