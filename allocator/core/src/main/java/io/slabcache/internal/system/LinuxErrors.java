package io.slabcache.internal.system;

/** Error numbers of Linux, as far as the calls for memory return them. */
public enum LinuxErrors {
    /** Not allowed. */
    EPERM(1, "not permitted"),
    /** An input or output error. */
    EIO(5, "input or output error"),
    /** Try again, or a limit on locked memory. */
    EAGAIN(11, "temporarily refused"),
    /** No memory, or a limit. */
    ENOMEM(12, "not enough memory, or a limit is reached"),
    /** No access. */
    EACCES(13, "permission denied"),
    /** No such memory. */
    EFAULT(14, "no such memory"),
    /** In use. */
    EBUSY(16, "busy"),
    /** No such device. */
    ENODEV(19, "no such device"),
    /** Unknown to this kernel, or out of range. */
    EINVAL(22, "unknown to this kernel, or out of range"),
    /** No space. */
    ENOSPC(28, "no space left"),
    /** No such call. */
    ENOSYS(38, "the kernel has no such call"),
    /** Not supported. */
    EOPNOTSUPP(95, "not supported"),
    /** Broken memory. */
    EHWPOISON(133, "a memory page has a hardware error");

    private final int number;
    private final String words;

    LinuxErrors(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /**
     * Returns whether a call failed in this way.
     *
     * @param result of a call
     * @return whether it is this number, negative
     */
    public boolean is(long result) {
        return result == -number;
    }

    /**
     * Puts the failure of a call in words.
     *
     * @param result of a call, negative
     * @return name and meaning of the error
     */
    public static String inWords(long result) {
        for (LinuxErrors error : values()) {
            if (error.is(result)) {
                return error.name() + " (" + error.words + ")";
            }
        }
        return "error number " + -result;
    }
}
